package org.postel.mailbox.api;

import org.postel.mailbox.api.v1.Session;

/**
 * mailbox-service as its callers see it: one connection per pod, blocking calls for virtual threads. Every call ends within
 * its deadline, and every failure is a {@link MailboxServiceException}. One per process; any thread may use it.
 *
 * <p>Making one contacts nobody: a service that is not up yet shows as UNAVAILABLE when it is called.
 */
public final class MailboxServiceClient implements AutoCloseable {

    private final Pods pods;
    private final Calls calls;
    private final DirectoryClient directory;
    private final DeliveryClient delivery;
    private final GreylistClient greylist;
    private final SigningClient signing;
    private final ClientCountsClient clientCounts;
    private final StsPoliciesClient policies;

    public MailboxServiceClient(MailboxClientSettings settings) {
        this.pods = new Pods(settings);
        this.calls = new Calls(pods, settings, new ServiceToken(settings.serviceTokenFile()));
        this.directory = new DirectoryClient(calls);
        this.delivery = new DeliveryClient(calls);
        this.greylist = new GreylistClient(calls);
        this.signing = new SigningClient(calls);
        this.clientCounts = new ClientCountsClient(calls);
        this.policies = new StsPoliciesClient(calls);
    }

    /** Who is who, and who may log in. */
    public DirectoryClient directory() {
        return directory;
    }

    /** How mail on its way gets into the store. */
    public DeliveryClient delivery() {
        return delivery;
    }

    /** Which strangers must come again. */
    public GreylistClient greylist() {
        return greylist;
    }

    /** Who signs for our domains. */
    public SigningClient signing() {
        return signing;
    }

    /** What clients do at the other gateways. */
    public ClientCountsClient clientCounts() {
        return clientCounts;
    }

    /** What other domains said about TLS to their mail servers. */
    public StsPoliciesClient policies() {
        return policies;
    }

    /** The mail of one account, opened by the session that {@link DirectoryClient#authenticate} gave; renewed as it ages. */
    public MailboxesClient mailboxes(Session session) {
        return new MailboxesClient(calls, session, new SessionToken(session, directory));
    }

    /** Ends every call that is still under way. */
    @Override
    public void close() {
        pods.close();
    }
}
