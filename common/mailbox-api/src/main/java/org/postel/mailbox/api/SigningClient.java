package org.postel.mailbox.api;

import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.SignResponse;
import org.postel.mailbox.api.v1.SigningGrpc;
import org.postel.mailbox.api.v1.SigningKeysRequest;
import org.postel.mailbox.api.v1.SigningKeysResponse;

/** The service Signing; each call as {@code signing.proto} says. */
public final class SigningClient {

    private final Calls calls;

    SigningClient(Calls calls) {
        this.calls = calls;
    }

    /** Which keys sign for a domain now. */
    public SigningKeysResponse signingKeys(SigningKeysRequest request) {
        return calls.repeatable(calls.anyPod(), SigningGrpc.getSigningKeysMethod(), request);
    }

    /** Signs hashes. */
    public SignResponse sign(SignRequest request) {
        return calls.repeatable(calls.anyPod(), SigningGrpc.getSignMethod(), request);
    }
}
