package evented.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the keys and chains of some credentials, the first that suits. The JDK's own key managers
 * want a {@code KeyStore}, which encrypts what it holds, and takes longer for that than for all the
 * rest.
 */
final class TlsKeyManager extends X509ExtendedKeyManager {
  private final List<TlsIdentity> identities;

  TlsKeyManager(List<TlsIdentity> identities) {
    this.identities = List.copyOf(identities);
  }

  /** The alias of an identity is its number. */
  private @Nullable String aliasFor(
      String @Nullable [] keyTypes, Principal @Nullable [] acceptedIssuers) {
    for (String type : keyTypes == null ? new String[0] : keyTypes) {
      for (int i = 0; i < identities.size(); i++) {
        TlsIdentity identity = identities.get(i);
        if (type.equals(identity.key().getAlgorithm()) && isAccepted(identity, acceptedIssuers)) {
          return String.valueOf(i);
        }
      }
    }
    return null;
  }

  private @Nullable TlsIdentity identity(@Nullable String alias) {
    return alias == null ? null : identities.get(Integer.parseInt(alias));
  }

  private static boolean isAccepted(TlsIdentity identity, Principal @Nullable [] issuers) {
    if (issuers == null || issuers.length == 0) {
      return true;
    }
    List<Principal> accepted = Arrays.asList(issuers);
    for (X509Certificate certificate : identity.chain()) {
      if (accepted.contains(certificate.getIssuerX500Principal())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return aliasFor(keyType == null ? null : new String[] {keyType}, issuers);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return aliasFor(keyTypes, issuers);
  }

  @Override
  public @Nullable String chooseServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return aliasFor(keyTypes, issuers);
  }

  @Override
  public String @Nullable [] getServerAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    String alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String @Nullable [] getClientAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    return getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    TlsIdentity identity = identity(alias);
    return identity == null ? null : identity.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    TlsIdentity identity = identity(alias);
    return identity == null ? null : identity.key();
  }
}
