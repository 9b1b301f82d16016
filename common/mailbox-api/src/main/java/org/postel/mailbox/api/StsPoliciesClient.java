package org.postel.mailbox.api;

import java.time.Duration;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.KeepPolicyResponse;
import org.postel.mailbox.api.v1.KeptPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyResponse;
import org.postel.mailbox.api.v1.StsPoliciesGrpc;

/** The service StsPolicies; each call as {@code policies.proto} says. Whoever asks waits no longer than given. */
public final class StsPoliciesClient {

    private final Calls calls;

    StsPoliciesClient(Calls calls) {
        this.calls = calls;
    }

    /** The policy of a domain that still counts. */
    public KeptPolicyResponse kept(KeptPolicyRequest request, Duration deadline) {
        return calls.unary(calls.anyPod(), StsPoliciesGrpc.getKeptPolicyMethod(), request, true, deadline);
    }

    /** Keeps a policy to its end. */
    public KeepPolicyResponse keep(KeepPolicyRequest request, Duration deadline) {
        return calls.unary(calls.anyPod(), StsPoliciesGrpc.getKeepPolicyMethod(), request, true, deadline);
    }
}
