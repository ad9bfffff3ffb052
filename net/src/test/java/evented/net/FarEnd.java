package evented.net;

/** The far end of a socket under test. What it waits for comes within a deadline, or it fails. */
interface FarEnd {
  void send(byte[] bytes);

  /** Waits for so many bytes. */
  byte[] receive(int count);

  /** Waits for FIN, before which nothing may come. */
  void awaitEnd();

  /** Sends FIN. */
  void end();

  /**
   * Breaks the connection off. On a UNIX socket that is only one if something that was sent to this
   * end was not read.
   */
  void reset();

  /** Closes this end; a second time it does nothing. */
  void close();
}
