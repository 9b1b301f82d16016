package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.AppendRequest;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.StoreException;

/** Carries the octets of a call into the store. */
final class Uploads {

    private Uploads() {}

    /** Takes all that comes; whatever goes wrong on the way leaves nothing behind. */
    static <Q, R> R take(Intake.Upload<R> upload, InboundStream<Q> messages, Predicate<Q> hasData, Function<Q, ByteString> data) {
        try (upload) {
            for (Optional<Q> message = messages.next(); message.isPresent(); message = messages.next()) {
                if (!hasData.test(message.get())) {
                    throw new StoreException(StoreException.Problem.INVALID, "a second start");
                }
                upload.write(data.apply(message.get()));
            }
            return upload.finish();
        }
    }

    /** Takes what came at once. */
    static <R> R take(Intake.Upload<R> upload, ByteString data) {
        try (upload) {
            upload.write(data);
            return upload.finish();
        }
    }

    /** Takes messages one after the other; whatever goes wrong on the way leaves none. */
    static AppendAllResponse takeAll(Intake.Batch batch, InboundStream<AppendRequest> messages) {
        try (batch) {
            for (Optional<AppendRequest> part = messages.next(); part.isPresent(); part = messages.next()) {
                switch (part.get().getPartCase()) {
                    case START -> batch.begin(part.get().getStart());
                    case DATA -> batch.write(part.get().getData());
                    case PART_NOT_SET -> throw new StoreException(StoreException.Problem.INVALID, "a part of an unknown kind");
                }
            }
            return batch.finish();
        }
    }

    static StoreException startMissing() {
        return new StoreException(StoreException.Problem.INVALID, "the first message says what comes");
    }
}
