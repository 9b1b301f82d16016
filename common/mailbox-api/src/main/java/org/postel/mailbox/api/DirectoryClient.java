package org.postel.mailbox.api;

import java.util.List;
import org.postel.mailbox.api.v1.AllowRequest;
import org.postel.mailbox.api.v1.AllowResponse;
import org.postel.mailbox.api.v1.AnswerRequest;
import org.postel.mailbox.api.v1.AnswerResponse;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.DirectoryGrpc;
import org.postel.mailbox.api.v1.ForwardRequest;
import org.postel.mailbox.api.v1.ForwardResponse;
import org.postel.mailbox.api.v1.ReadyRequest;
import org.postel.mailbox.api.v1.ReadyResponse;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ResolveResponse;
import org.postel.mailbox.api.v1.SuppressRequest;
import org.postel.mailbox.api.v1.SuppressedRequest;
import org.postel.mailbox.api.v1.SuppressedResponse;

/** The service Directory; each call as {@code directory.proto} says. */
public final class DirectoryClient {

    private static final List<String> PASSWORDS = List.of("PLAIN", "LOGIN");

    private final Calls calls;
    private volatile List<String> mechanisms = List.of();

    DirectoryClient(Calls calls) {
        this.calls = calls;
    }

    /** What each address stands for, in the order asked. */
    public ResolveResponse resolve(ResolveRequest request) {
        return calls.repeatable(calls.anyPod(), DirectoryGrpc.getResolveMethod(), request);
    }

    /** The reverse-path that forwarded mail goes on with, one for each forwarder. */
    public ForwardResponse forward(ForwardRequest request) {
        return calls.repeatable(calls.anyPod(), DirectoryGrpc.getForwardMethod(), request);
    }

    /** Whether an account may send so much; a refusal is a value. Not repeated by itself: each try counts. */
    public AllowResponse allow(AllowRequest request) {
        return calls.once(calls.anyPod(), DirectoryGrpc.getAllowMethod(), request, calls.settings().deadline());
    }

    /** Which of these addresses do not exist, as their servers said lately. */
    public SuppressedResponse suppressed(SuppressedRequest request) {
        return calls.repeatable(calls.anyPod(), DirectoryGrpc.getSuppressedMethod(), request);
    }

    /** A server said that an address does not exist. */
    public void suppress(SuppressRequest request) {
        calls.repeatable(calls.anyPod(), DirectoryGrpc.getSuppressMethod(), request);
    }

    /** Whether a sender gets an answer of an account whose owner is away; asked again for the same mail it says the same. */
    public AnswerResponse answerOnce(AnswerRequest request) {
        return calls.repeatable(calls.anyPod(), DirectoryGrpc.getAnswerOnceMethod(), request);
    }

    /** Checks credentials; a refusal is a value, not an exception. Not repeated by itself: each try counts. */
    public AuthenticateResponse authenticate(AuthenticateRequest request) {
        return calls.once(calls.anyPod(), DirectoryGrpc.getAuthenticateMethod(), request, calls.settings().deadline());
    }

    /** A fresh token for a session; {@link MailboxesClient} does this by itself. */
    public AuthenticateResponse renew(RenewRequest request) {
        return calls.repeatable(calls.anyPod(), DirectoryGrpc.getRenewMethod(), request);
    }

    /** Whether mailbox-service has a database that answers. */
    public boolean ready() {
        ReadyResponse answer = calls.repeatable(calls.anyPod(), DirectoryGrpc.getReadyMethod(), ReadyRequest.getDefaultInstance());
        mechanisms = List.copyOf(answer.getMechanismsList());
        return answer.getReady();
    }

    /** The SASL mechanisms that it takes, as the last answer of {@link #ready} said; passwords, as long as none came. */
    public List<String> mechanisms() {
        // A release that says nothing takes passwords.
        return mechanisms.isEmpty() ? PASSWORDS : mechanisms;
    }
}
