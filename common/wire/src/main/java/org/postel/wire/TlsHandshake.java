package org.postel.wire;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLParameters;

/** Puts TLS in front of a socket's pipeline. */
final class TlsHandshake implements TlsSwitch {

    private static final String NAME = "ssl";

    private final TlsCertificate certificate;
    private final String alpn;
    private final long timeoutMillis;

    TlsHandshake(TlsCertificate certificate, String alpn, Duration timeout) {
        this.certificate = certificate;
        this.alpn = alpn;
        this.timeoutMillis = timeout.toMillis();
    }

    @Override
    public void turnOn(Channel channel, CompletableFuture<SslHandler> done) {
        // The signature with the private key is work of a millisecond: not for the event loop.
        SslHandler handler = certificate.context(alpn).newHandler(channel.alloc(), Thread::startVirtualThread);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setSNIMatchers(certificate.names());
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        handler.handshakeFuture().addListener(result -> {
            if (result.isSuccess()) {
                done.complete(handler);
            } else {
                done.completeExceptionally(result.cause());
            }
        });
        channel.pipeline().addFirst(NAME, handler);
    }
}
