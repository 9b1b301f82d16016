package org.postel.mailbox.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Headers that tell only what stays. What a sole writer wrote last may not count when it died meanwhile: it does if its tenure had not
 * begun to end after all of it was read at quorum, since then whoever ends it reads it too.
 */
final class CertainHeaders {

    private final MailboxLog log;
    private final Tenures tenures;
    private final TenureEnd end;

    CertainHeaders(MailboxLog log, Tenures tenures, TenureEnd end) {
        this.log = log;
        this.tenures = tenures;
        this.end = end;
    }

    /** The newest, which is certain once {@link #stays} says so; waits for a tenure that is being ended. Empty when there never was such a mailbox. */
    Optional<LogHeader> newest(UUID mailbox) {
        Optional<LogHeader> header = read(mailbox);
        Optional<UUID> ending = header.map(LogHeader::tenancy).filter(tenancy -> tenancy.ending() != LogHeader.Ending.NOT)
                .flatMap(LogHeader.Tenancy::tenure);
        if (ending.isEmpty()) {
            return header;
        }
        end.endOther(mailbox, ending.get());
        return read(mailbox);
    }

    private Optional<LogHeader> read(UUID mailbox) {
        long asked = System.nanoTime();
        Optional<LogHeader> header = log.header(mailbox);
        header.ifPresent(found -> tenures.seen(mailbox, found.tenancy(), asked));
        return header;
    }

    /** Ends the tenure of a header that does not become certain: its writer may have died within a commit. */
    void settle(UUID mailbox, LogHeader header) {
        header.tenancy().tenure().ifPresent(tenure -> end.endOther(mailbox, tenure));
    }

    /** Whether a header stays, and its rows that were read after it. */
    boolean stays(UUID mailbox, LogHeader header) {
        Optional<UUID> tenure = header.tenancy().tenure();
        return tenure.isEmpty() || log.tenancy(mailbox).filter(tenancy -> tenancy.lasts(tenure.get())).isPresent();
    }
}
