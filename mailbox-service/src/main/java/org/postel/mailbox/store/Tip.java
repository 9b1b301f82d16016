package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.CommittedHeader;
import org.postel.mailbox.api.v1.LogTip;

/**
 * Where the commits of a sole writer have led, in the column {@code tip}: it is written together with the rows.
 *
 * @param last   the last of its commits; if that was never answered, only a part of it may be there
 * @param before the commit before, all of which is there
 */
record Tip(LogHeader last, LogHeader before) {

    /**
     * The tip of the tenure that the columns tell; empty when there is no tenure, its end is decided, or it has not committed yet.
     *
     * @param columns the header as its own columns have it
     */
    static Optional<Tip> read(Row row, LogHeader columns) {
        LogHeader.Tenancy tenancy = columns.tenancy();
        if (tenancy.tenure().isEmpty() || tenancy.ending() == LogHeader.Ending.DECIDED || row.isNull("tip")) {
            return Optional.empty();
        }
        try {
            LogTip tip = LogTip.parseFrom(row.getByteBuffer("tip"));
            // One of an earlier tenure stays until the next has committed.
            return tenancy.tenure().equals(Optional.of(Uuids.of(tip.getTenure())))
                    ? Optional.of(new Tip(header(columns, tip.getLast()), header(columns, tip.getBefore()))) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the tip of a mailbox cannot be read", e);
        }
    }

    private static LogHeader header(LogHeader columns, CommittedHeader tip) {
        return new LogHeader(tip.getMailbox(), columns.account(), tip.getFence(), false, Optional.of(Uuids.of(tip.getTxn())), columns.name(),
                columns.position(), columns.tenancy());
    }

    /** As the column has it. */
    ByteString octets(UUID tenure) {
        return LogTip.newBuilder().setTenure(Uuids.toBytes(tenure)).setLast(committed(last)).setBefore(committed(before)).build().toByteString();
    }

    private static CommittedHeader committed(LogHeader header) {
        return CommittedHeader.newBuilder().setMailbox(header.mailbox()).setFence(header.fence()).setTxn(Uuids.toBytes(header.txn().orElseThrow())).build();
    }
}
