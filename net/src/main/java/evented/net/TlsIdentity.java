package evented.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom one side of a connection can show itself to be.
 *
 * @param key the private key
 * @param chain the certificate of the key, then those that lead to an authority
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {}
