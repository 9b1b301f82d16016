package org.postel.mailbox.api;

import java.nio.charset.StandardCharsets;
import org.postel.mailbox.api.v1.ClientCountsGrpc;
import org.postel.mailbox.api.v1.ExchangeRequest;
import org.postel.mailbox.api.v1.ExchangeResponse;

/** The service ClientCounts; the call as {@code clients.proto} says. */
public final class ClientCountsClient {

    // What is kept in memory is found again only where all ask the same pod.
    private static final byte[] PLACE = "client-counts".getBytes(StandardCharsets.US_ASCII);

    private final Calls calls;

    ClientCountsClient(Calls calls) {
        this.calls = calls;
    }

    /** Tells what clients do here, and hears what they do at the other gateways of the kind. */
    public ExchangeResponse exchange(ExchangeRequest request) {
        return calls.repeatable(calls.serviceFor(PLACE), ClientCountsGrpc.getExchangeMethod(), request);
    }
}
