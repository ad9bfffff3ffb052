package evented.net;

/**
 * The argument of the event {@code newListener}, which an {@link EventEmitter} emits before it adds
 * a listener.
 *
 * @param event the name of the event that is listened for
 * @param listener the listener, as it was given
 */
public record NewListener(String event, Object listener) {}
