package org.postel.delivery.backend;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postel.delivery.sts.KeptPolicies;
import org.postel.delivery.sts.KeptPolicy;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.StsPoliciesClient;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyResponse;
import org.postel.mailbox.api.v1.StsPolicy;

/** The policies that mailbox-service keeps. */
public final class ServicePolicies implements KeptPolicies {

    // A message waits meanwhile, and its destination must not be called slow for that: it has three seconds in the main lanes.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final StsPoliciesClient client;

    /** Contacts nobody yet. */
    public ServicePolicies(StsPoliciesClient client) {
        this.client = client;
    }

    @Override
    public Optional<KeptPolicy> of(String domain) throws IOException {
        try {
            KeptPolicyResponse response = client.kept(KeptPolicyRequest.newBuilder().setDomain(domain).build(), PATIENCE);
            return response.hasPolicy() ? Optional.of(policy(response.getPolicy())) : Optional.empty();
        } catch (MailboxServiceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void keep(String domain, KeptPolicy policy) throws IOException {
        try {
            client.keep(KeepPolicyRequest.newBuilder().setPolicy(StsPolicy.newBuilder().setDomain(domain).setId(policy.id()).setText(policy.text())
                    .setFetchedAt(policy.fetched().toEpochMilli()).setEndsAt(policy.ends().toEpochMilli())).build(), PATIENCE);
        } catch (MailboxServiceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static KeptPolicy policy(StsPolicy kept) {
        return new KeptPolicy(kept.getId(), kept.getText(), Instant.ofEpochMilli(kept.getFetchedAt()), Instant.ofEpochMilli(kept.getEndsAt()));
    }
}
