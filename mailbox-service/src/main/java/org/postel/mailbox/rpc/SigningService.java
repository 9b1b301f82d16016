package org.postel.mailbox.rpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.SignResponse;
import org.postel.mailbox.api.v1.SigningGrpc;
import org.postel.mailbox.api.v1.SigningKey;
import org.postel.mailbox.api.v1.SigningKeysRequest;
import org.postel.mailbox.api.v1.SigningKeysResponse;
import org.postel.mailbox.api.v1.ToSign;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.storage.StoreException;

/** The service Signing. */
public final class SigningService extends SigningGrpc.SigningImplBase {

    private static final int MOST = 10;
    private static final int HASH_OCTETS = 32;

    private final DkimKeys keys;
    private final Answers answers;

    public SigningService(DkimKeys keys, RpcSettings settings) {
        this.keys = keys;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void signingKeys(SigningKeysRequest request, StreamObserver<SigningKeysResponse> to) {
        answers.one("SigningKeys", to, () -> keys.signers(request.getDomain()).map(SigningService::response)
                .orElse(SigningKeysResponse.getDefaultInstance()));
    }

    @Override
    public void sign(SignRequest request, StreamObserver<SignResponse> to) {
        answers.one("Sign", to, () -> {
            if (request.getToSignCount() > MOST) {
                throw new StoreException(StoreException.Problem.INVALID, "at most " + MOST + " signatures at once");
            }
            SignResponse.Builder response = SignResponse.newBuilder();
            request.getToSignList().forEach(wanted -> response.addSignatures(ByteString.copyFrom(signature(request.getDomain(), wanted))));
            return response.build();
        });
    }

    private byte[] signature(String domain, ToSign wanted) {
        if (wanted.getHash().size() != HASH_OCTETS) {
            throw new StoreException(StoreException.Problem.INVALID, "a hash has " + HASH_OCTETS + " octets");
        }
        return keys.sign(domain, wanted.getSelector(), wanted.getHash().toByteArray());
    }

    private static SigningKeysResponse response(DkimKeys.Signers signers) {
        SigningKeysResponse.Builder response = SigningKeysResponse.newBuilder().setDomain(signers.domain());
        signers.keys().forEach(key -> response.addKeys(SigningKey.newBuilder().setSelector(key.selector()).setAlgorithm(key.algorithm().tag())));
        return response.build();
    }
}
