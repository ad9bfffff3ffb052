package evented.net.js;

/**
 * What Java tells a stream or a server in JavaScript; the numbers stand in engine-events.js too.
 */
final class Event {
  static final int CONNECT = 0;
  static final int END = 3;
  static final int DRAIN = 4;
  static final int TIMEOUT = 5;
  static final int ERROR = 6;
  static final int CLOSE = 7;
  static final int SECURE = 8;
  static final int LISTENING = 9;
  static final int CONNECTION = 10;
  static final int DROP = 11;

  private Event() {}
}
