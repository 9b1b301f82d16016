package org.postel.wire;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;

/** Turns TLS on for a socket, with the certificate of the moment. */
@FunctionalInterface
interface TlsSwitch {

    /** Called on the socket's event loop; completes {@code done} when the handshake ended. */
    void turnOn(Channel channel, CompletableFuture<SslHandler> done);
}
