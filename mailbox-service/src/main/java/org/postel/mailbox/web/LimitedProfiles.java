package org.postel.mailbox.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.postel.mailbox.password.ClientNetwork;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.FailureLimitSettings;

/** Signs profiles as often as one client, or one account, may have one: a signature costs far more than a request. Counts on this instance. */
public final class LimitedProfiles {

    private final ProfileSignature signature;
    private final FailureLimit limit;
    private final Duration refill;

    /** @param nanoTime a clock that only goes on */
    public LimitedProfiles(ProfileSignature signature, FailureLimitSettings limit, LongSupplier nanoTime) {
        this.signature = signature;
        this.limit = new FailureLimit(limit, nanoTime);
        this.refill = limit.refill();
    }

    /** What signs one profile for a stranger; empty: its network had too many of late. */
    Optional<ProfileSignature> forClient(String address) {
        return once("client " + ClientNetwork.of(address));
    }

    /** What signs one profile for an account; empty: it had too many of late. */
    public Optional<ProfileSignature> forAccount(String address) {
        return once("account " + address);
    }

    /** After how long one more is signed for who had too many. */
    Duration refill() {
        return refill;
    }

    private Optional<ProfileSignature> once(String whom) {
        return limit.take(whom) ? Optional.of(signature) : Optional.empty();
    }
}
