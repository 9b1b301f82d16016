package org.postel.bench.stack;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.postel.bench.load.Account;

/**
 * A running mail server to be measured.
 *
 * @param name for the table
 * @param smtp port that takes mail for the accounts without login
 * @param imap port with LOGIN in clear
 * @param pop3 port with USER and PASS in clear
 * @param accounts of the load
 * @param processes of the server, all of them
 * @param gateways starts more gateways for SMTP, where that can be done
 * @param desk where an operator asks what is queued, where there is one that the bench knows
 * @param end stops it
 */
public record MailStack(String name, int smtp, int imap, int pop3, List<Account> accounts, Processes processes,
        Optional<Gateways> gateways, Optional<OperatorDesk> desk, Ending end) implements AutoCloseable {

    /** Copies the list. */
    public MailStack {
        accounts = List.copyOf(accounts);
    }

    /** How a stack is stopped. */
    @FunctionalInterface
    public interface Ending {
        /** It was running before, and goes on. */
        Ending LEAVE_RUNNING = () -> { };

        /** Returns when nothing is left. */
        void stop() throws IOException;
    }

    /** Starts more gateways for SMTP. */
    @FunctionalInterface
    public interface Gateways {
        /**
         * Ready when this returns.
         *
         * @param settings properties of this gateway alone
         */
        Gateway start(Map<String, String> settings) throws IOException;
    }

    /**
     * One more gateway of a server.
     *
     * @param smtp port that takes mail for the accounts without login
     * @param processes it alone
     * @param end stops it
     */
    public record Gateway(int smtp, Processes processes, Ending end) {
    }

    @Override
    public void close() throws IOException {
        end.stop();
    }
}
