package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.Recipient;

/** Where the mail of one recipient goes, aliases followed. */
sealed interface Destination {

    /** The recipient with the address it ended at. */
    Recipient recipient();

    /** A mailbox of ours, what is answered for it, and what its owner's rules say. */
    record Local(Recipient recipient, ByteString account, String accountAddress, Optional<Absence> absence, Filing filing) implements Destination {}

    /** An account whose rules throw the mail away. */
    record Discarded(Recipient recipient, ByteString account, String said) implements Destination {}

    /** Another domain, in lower case. */
    record Remote(Recipient recipient, String domain) implements Destination {}

    /** Nowhere. */
    record Nowhere(Recipient recipient, Failure failure) implements Destination {}
}
