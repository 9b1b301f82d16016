package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.tracing.Span;
import org.postel.wire.Connection;
import org.postel.wire.DrainingException;
import org.postel.wire.IdleTimeoutException;

/** IDLE, RFC 2177. */
final class IdleCommand {

    private static final Logger LOG = Logger.getLogger(IdleCommand.class);
    private static final int LONGEST_DONE = 1000;

    private IdleCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        conversation.prompt("+ idling\r\n");
        Connection connection = conversation.connection();
        long end = System.nanoTime() + conversation.settings().idleTimeout().toNanos();
        boolean input = false;
        tell(conversation, true);
        while (!input) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                throw new IdleTimeoutException("IDLE for too long");
            }
            boolean owes = conversation.notifications().owes();
            Duration poll = conversation.notifications().poll();
            Connection.Signal signal = connection.await(left.compareTo(poll) < 0 ? left : poll);
            conversation.prove();
            switch (signal) {
                case INPUT -> input = true;
                case TIMEOUT -> tell(conversation, !owes);
                case WOKEN -> tell(conversation, false);
                case DRAINING -> throw new DrainingException();
            }
        }
        byte[] line = connection.readContinuation(LONGEST_DONE, conversation.settings().literalTimeout());
        boolean done = new String(line, StandardCharsets.ISO_8859_1).equalsIgnoreCase("DONE");
        return new Step(conversation.state(), done ? Completion.ok("IDLE completed") : Completion.bad("Expected DONE"));
    }

    /** @param look whether the selected mailbox is looked at though nothing was heard of it */
    private static void tell(Conversation conversation, boolean look) throws IOException {
        try (Span span = conversation.notification(); Span.Scope _ = span.enter()) {
            tellAll(conversation, look);
        }
    }

    private static void tellAll(Conversation conversation, boolean look) throws IOException {
        try {
            if (conversation.hasNews() || look && conversation.notifications().wantsSelected()) {
                CatchUp.read(conversation);
            }
        } catch (MailboxServiceException e) {
            LOG.debugf("nothing to tell in IDLE: %s", e.getMessage());
        }
        Reporting.all(conversation);
        conversation.notifications().tellMore();
        conversation.connection().flush();
    }
}
