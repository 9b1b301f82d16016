package org.postel.bench.figure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.postel.bench.load.Account;
import org.postel.bench.load.LetterId;

/**
 * One run of mail: which message goes to whom.
 *
 * @param run makes its messages unlike those of other runs
 * @param connections that send at once
 * @param messages to be sent
 * @param recipients of each message
 */
public record Round(long run, int connections, int messages, int recipients) {

    /** A new one. */
    public static Round of(int connections, int messages, int recipients) {
        return new Round(System.currentTimeMillis(), connections, messages, recipients);
    }

    /** The id of a message. */
    LetterId id(int message) {
        return new LetterId(run, message);
    }

    /** The addresses of a message. */
    List<String> to(int message, List<Account> accounts) {
        List<String> to = new ArrayList<>(recipients);
        for (int i = 0; i < recipients; i++) {
            to.add(accounts.get(recipient(message, i, accounts.size())).address());
        }
        return to;
    }

    private int recipient(int message, int index, int accounts) {
        return (int) (((long) message * recipients + index) % accounts);
    }

    /** The messages that an account must get. */
    BitSet expected(int account, int accounts) {
        BitSet expected = new BitSet();
        for (int message = 0; message < messages; message++) {
            for (int i = 0; i < recipients; i++) {
                if (recipient(message, i, accounts) == account) {
                    expected.set(message);
                }
            }
        }
        return expected;
    }

    /** How many messages an account must get. */
    int deliveriesTo(int account, int accounts) {
        return expected(account, accounts).cardinality();
    }

    /** All of them. */
    int deliveries() {
        return messages * recipients;
    }
}
