package org.postel.imap.command;

import java.io.IOException;
import java.time.Duration;
import org.postel.tracing.Span;
import org.postel.wire.Connection;
import org.postel.wire.DrainingException;
import org.postel.wire.IdleTimeoutException;

/** What a client that used NOTIFY is told while no command runs: RFC 5465 §3.1. */
public final class BetweenCommands {

    private BetweenCommands() {
    }

    /** Tells until the next command comes; without a NOTIFY returns at once. */
    public static void tell(Conversation conversation) throws IOException {
        Notifications notifications = conversation.notifications();
        if (!notifications.asked()) {
            return;
        }
        Connection connection = conversation.connection();
        long end = System.nanoTime() + conversation.settings().idleTimeout().toNanos();
        boolean look = false;
        while (true) {
            try (Span span = conversation.notification(); Span.Scope _ = span.enter()) {
                notifications.tell(look);
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                throw new IdleTimeoutException("nothing received");
            }
            conversation.prove();
            boolean owes = notifications.owes();
            Duration poll = notifications.poll();
            switch (connection.await(left.compareTo(poll) < 0 ? left : poll)) {
                case INPUT -> {
                    return;
                }
                case DRAINING -> throw new DrainingException();
                case TIMEOUT -> look = !owes;
                case WOKEN -> look = false;
            }
        }
    }
}
