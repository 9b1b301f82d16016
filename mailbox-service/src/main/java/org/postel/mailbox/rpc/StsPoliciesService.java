package org.postel.mailbox.rpc;

import io.grpc.stub.StreamObserver;
import java.time.Instant;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.KeepPolicyResponse;
import org.postel.mailbox.api.v1.KeptPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyResponse;
import org.postel.mailbox.api.v1.StsPoliciesGrpc;
import org.postel.mailbox.sending.StsPolicies;
import org.postel.mailbox.sending.StsPolicy;
import org.postel.mailbox.storage.StoreException;

/** The service StsPolicies. */
public final class StsPoliciesService extends StsPoliciesGrpc.StsPoliciesImplBase {

    private final StsPolicies policies;
    private final Answers answers;

    public StsPoliciesService(StsPolicies policies, RpcSettings settings) {
        this.policies = policies;
        this.answers = new Answers(settings.stallTimeout());
    }

    @Override
    public void keptPolicy(KeptPolicyRequest request, StreamObserver<KeptPolicyResponse> to) {
        answers.one("KeptPolicy", to, () -> policies.of(request.getDomain())
                .map(policy -> KeptPolicyResponse.newBuilder().setPolicy(message(policy)).build()).orElse(KeptPolicyResponse.getDefaultInstance()));
    }

    @Override
    public void keepPolicy(KeepPolicyRequest request, StreamObserver<KeepPolicyResponse> to) {
        answers.one("KeepPolicy", to, () -> KeepPolicyResponse.newBuilder().setKept(policies.keep(policy(request.getPolicy()))).build());
    }

    private static StsPolicy policy(org.postel.mailbox.api.v1.StsPolicy given) {
        try {
            return new StsPolicy(given.getDomain(), given.getId(), given.getText(), Instant.ofEpochMilli(given.getFetchedAt()),
                    Instant.ofEpochMilli(given.getEndsAt()));
        } catch (IllegalArgumentException e) {
            throw new StoreException(StoreException.Problem.INVALID, e.getMessage());
        }
    }

    private static org.postel.mailbox.api.v1.StsPolicy message(StsPolicy policy) {
        return org.postel.mailbox.api.v1.StsPolicy.newBuilder().setDomain(policy.domain()).setId(policy.id()).setText(policy.text())
                .setFetchedAt(policy.fetched().toEpochMilli()).setEndsAt(policy.ends().toEpochMilli()).build();
    }
}
