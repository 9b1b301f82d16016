package org.postel.delivery.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what addresses stand for. */
public interface Directory {

    /** What one address stands for. */
    sealed interface Meaning {
        /**
         * @param id 16 octets
         * @param address the account's primary address
         * @param forwards where its mail goes on to, to be asked for again
         * @param keeps whether a copy stays; true where there are no forwards
         * @param absence what is answered to mail that stays
         * @param filtered whether it has rules that are to be asked
         * @param filing what they say of the message in hand
         */
        record Account(com.google.protobuf.ByteString id, String address, List<String> forwards, boolean keeps, Optional<Absence> absence,
                boolean filtered, Filing filing) implements Meaning {

            /** With what its rules say: its mail goes on to their addresses too. */
            Account filed(Filing said) {
                List<String> all = Stream.concat(forwards.stream(), said.forwards().stream()).distinct().toList();
                return new Account(id, address, all, keeps && said.copy() != Filing.Copy.SENT_ON, absence, filtered, said);
            }
        }

        /** One level: the targets are asked for again. */
        record Alias(List<String> targets) implements Meaning {}

        /** Our domain, nobody's local part. */
        record Unknown() implements Meaning {}

        /** Not our domain. */
        record Elsewhere() implements Meaning {}
    }

    /**
     * In the order asked; an answer may be some seconds old.
     *
     * @throws StoreUnavailableException when it cannot say now
     */
    List<Meaning> resolve(List<String> addresses) throws StoreUnavailableException;

    /**
     * The reverse-paths that mail goes on with when these addresses of ours send it to other domains, in the order asked.
     *
     * @throws StoreUnavailableException when it cannot say now
     */
    List<String> sendersOfForwards(String reversePath, List<String> forwarders) throws StoreUnavailableException;

    /** Answers proved old: these addresses are asked for again. */
    void forget(List<String> addresses);
}
