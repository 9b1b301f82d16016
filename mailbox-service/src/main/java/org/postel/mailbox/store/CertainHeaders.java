package org.postel.mailbox.store;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Headers that tell only what stays. What a sole writer wrote last may not count when it died meanwhile. It does if all of it was found at
 * quorum and its tenure had not begun to end after that: whoever ends it finds all of it, too.
 */
final class CertainHeaders {

    /** What is written arrives at all replicas within moments; what is missing so often may never come. */
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final MailboxLog log;
    private final Tenures tenures;
    private final TenureEnd end;

    CertainHeaders(MailboxLog log, Tenures tenures, TenureEnd end) {
        this.log = log;
        this.tenures = tenures;
        this.end = end;
    }

    /** The newest. Waits for a tenure that is being ended, and ends one whose last commit does not become whole. Empty when there never was such a mailbox. */
    Optional<LogHeader> newest(UUID mailbox) {
        return newest(mailbox, Optional.empty());
    }

    /**
     * As {@link #newest(UUID)}.
     *
     * @param known a commit that is certain
     */
    Optional<LogHeader> newest(UUID mailbox, Optional<UUID> known) {
        for (int attempt = 1; ; attempt++) {
            long asked = System.nanoTime();
            Optional<FoundHeader> found = log.found(mailbox);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            LogHeader header = found.get().header();
            tenures.seen(mailbox, header.tenancy(), asked);
            Optional<LogHeader> certain = certain(mailbox, found.get(), known);
            if (certain.isPresent()) {
                return certain;
            }
            if (attempt == 2 * ATTEMPTS) {
                throw new StoreException(Problem.UNAVAILABLE, "mailbox " + mailbox + " does not hold still to be read");
            }
            if (header.tenancy().ending() != LogHeader.Ending.NOT || attempt >= ATTEMPTS) {
                tenures.awaitLeft(mailbox);
                end.ofOther(mailbox, header.tenancy());
            } else {
                LockSupport.parkNanos(PAUSE_NANOS << attempt);
            }
        }
    }

    private Optional<LogHeader> certain(UUID mailbox, FoundHeader found, Optional<UUID> known) {
        LogHeader header = found.header();
        Optional<UUID> tenure = header.tenancy().tenure();
        if (tenure.isEmpty()) {
            return Optional.of(header);
        }
        Optional<LogHeader> own = own(mailbox, header);
        if (own.isPresent()) {
            return own;
        }
        boolean stays = header.tenancy().ending() == LogHeader.Ending.NOT
                && (found.tip().isEmpty() || header.txn().equals(known) || isWhole(mailbox, found.tip().get(), tenure.get()));
        return Optional.of(header).filter(it -> stays);
    }

    /** Where this instance's own last commit has led, which knows which of them count. */
    private Optional<LogHeader> own(UUID mailbox, LogHeader read) {
        return tenures.find(mailbox).filter(tenure -> read.tenancy().lasts(tenure.name())).map(tenure -> read.movedTo(tenure.last()));
    }

    private boolean isWhole(UUID mailbox, Tip tip, UUID tenure) {
        return log.isWhole(mailbox, tip) && log.tenancy(mailbox).filter(tenancy -> tenancy.lasts(tenure)).isPresent();
    }

    /** A header that was read with others', if it is certain; else the newest. */
    LogHeader certain(UUID mailbox, LogHeader read) {
        return read.tenancy().tenure().isEmpty() ? read : own(mailbox, read).or(() -> newest(mailbox)).orElse(read);
    }
}
