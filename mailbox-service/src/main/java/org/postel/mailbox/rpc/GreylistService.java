package org.postel.mailbox.rpc;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Function;
import org.postel.mailbox.api.v1.GreylistGrpc;
import org.postel.mailbox.api.v1.MeetRequest;
import org.postel.mailbox.api.v1.MeetResponse;
import org.postel.mailbox.greylist.Encounter;
import org.postel.mailbox.storage.StoreException;

/** The service Greylist. */
public final class GreylistService extends GreylistGrpc.GreylistImplBase {

    private final Function<Encounter, Duration> greylist;
    private final Answers answers;

    /** @param greylist says how long a mail must wait */
    public GreylistService(Function<Encounter, Duration> greylist, RpcSettings settings) {
        this.greylist = greylist;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void meet(MeetRequest request, StreamObserver<MeetResponse> to) {
        answers.one("Meet", to, () -> {
            Duration wait = greylist.apply(encounter(request));
            // Less than a second is one: zero says that there is none.
            return MeetResponse.newBuilder().setWait(Math.toIntExact(wait.plusMillis(999).toSeconds())).build();
        });
    }

    private static Encounter encounter(MeetRequest request) {
        try {
            return new Encounter(request.getNetwork(), request.getReversePath(), request.getRecipientList(), new Encounter.Terms(
                    Duration.ofSeconds(Integer.toUnsignedLong(request.getDelay())), Duration.ofSeconds(Integer.toUnsignedLong(request.getWindow())),
                    Duration.ofSeconds(Integer.toUnsignedLong(request.getMemory())), request.getNetworksAfter()));
        } catch (IllegalArgumentException e) {
            throw new StoreException(StoreException.Problem.INVALID, e.getMessage());
        }
    }
}
