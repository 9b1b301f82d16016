package org.postel.mailbox.seen;

/** Has log-ins noted at once, as they are some seconds later. */
public final class SeenNow {

    private SeenNow() {}

    public static void write(SeenLogins seen) {
        seen.writeRest();
    }
}
