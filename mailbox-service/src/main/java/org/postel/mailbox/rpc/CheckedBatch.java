package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.Replaced;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.StoreException;

/** Messages that come together into a mailbox, each only with the right to (RFC 4314 §4). */
final class CheckedBatch implements Intake.Batch {

    private final CheckedMail mail;
    private final Intake intake;
    private Optional<Intake.Batch> batch = Optional.empty();

    CheckedBatch(CheckedMail mail, Intake intake) {
        this.mail = mail;
        this.intake = intake;
    }

    @Override
    public void begin(AppendStart start) {
        CheckedMail.Target target = mail.target(start);
        if (start.hasReplaces()) {
            replaced(start.getReplaces(), target);
        }
        if (batch.isEmpty()) {
            batch = Optional.of(intake.appendAll(target.owner()));
        }
        batch.get().begin(target.start());
    }

    /** RFC 8508 §3.4: what goes by REPLACE needs what STORE \Deleted and EXPUNGE need. */
    private void replaced(Replaced replaced, CheckedMail.Target target) {
        if (!mail.expungeable(replaced.getMailboxId()).equals(target.owner())) {
            throw new StoreException(StoreException.Problem.INVALID, "a message is replaced within an account");
        }
    }

    @Override
    public void write(ByteString octets) {
        batch.orElseThrow(() -> new StoreException(StoreException.Problem.INVALID, "octets of no message")).write(octets);
    }

    @Override
    public AppendAllResponse finish() {
        return batch.orElseThrow(() -> new StoreException(StoreException.Problem.INVALID, "no message")).finish();
    }

    @Override
    public void close() {
        batch.ifPresent(Intake.Batch::close);
    }
}
