package org.postel.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Accepts connections on one port and has each served by a virtual thread of its own. */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final Duration AFTER_CLOSE = Duration.ofSeconds(5);

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final Optional<TlsSwitch> tls;
    private final ConnectionHandler handler;
    private final WireMetrics metrics;
    private final OpenConnections open = new OpenConnections();
    private final AtomicLong numbers = new AtomicLong();
    private final ServerSocket server;

    /**
     * Listens.
     *
     * @param tls the certificate; empty: {@link Connection#startTls()} fails, and implicit TLS is refused here
     * @throws IOException when the port cannot be taken
     */
    public Listener(Vertx vertx, ListenerSettings settings, ConnectionLimits limits, Optional<TlsCertificate> tls,
                    ConnectionHandler handler, WireMetrics metrics) throws IOException {
        if (settings.implicitTls() && tls.isEmpty()) {
            throw new IllegalArgumentException("TLS on port " + settings.port() + " needs a certificate");
        }
        this.settings = settings;
        this.limits = limits;
        this.tls = tls.map(certificate -> new TlsHandshake(certificate, settings.alpn(), settings.handshakeTimeout()));
        this.handler = handler;
        this.metrics = metrics;
        this.server = new ServerSocket(vertx, settings);
        server.listen(this::accept);
    }

    /** The bound port. */
    public int port() {
        return server.port();
    }

    private void accept(NetSocket socket) {
        NetSocketInternal inside = (NetSocketInternal) socket;
        Channel channel = inside.channelHandlerContext().channel();
        socket.exceptionHandler(failure -> LOG.debugf("socket failed: %s", failure.toString()));
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            channel.close();
            return;
        }
        server.accepted(channel);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (!mayConnect(remote.getAddress())) {
            LOG.debugf("%s may not connect to port %d", remote, port());
            metrics.rateLimited("peer");
            channel.close();
        } else if (settings.proxied()) {
            ProxyHeader.await(inside.channelHandlerContext(), settings.handshakeTimeout(), ends -> admit(inside, ends));
        } else {
            admit(inside, Endpoints.of(channel));
        }
    }

    private boolean mayConnect(InetAddress peer) {
        return settings.peers().isEmpty() || settings.peers().stream().anyMatch(network -> network.contains(peer));
    }

    private void admit(NetSocketInternal socket, Endpoints ends) {
        metrics.accepted();
        if (limits.admit(ends.remote().getAddress())) {
            open(socket, ends);
        } else {
            refuse(socket.channelHandlerContext().channel());
        }
    }

    private void refuse(Channel channel) {
        metrics.rateLimited("connection");
        if (settings.refusal().isEmpty() || settings.implicitTls()) {
            channel.close();
            return;
        }
        byte[] line = (settings.refusal() + "\r\n").getBytes(StandardCharsets.UTF_8);
        channel.writeAndFlush(Unpooled.wrappedBuffer(line)).addListener(sent -> channel.close());
    }

    private void open(NetSocketInternal socket, Endpoints ends) {
        var context = socket.channelHandlerContext();
        Channel channel = context.channel();
        String id = settings.protocol() + "-" + port() + "-" + Long.toString(numbers.incrementAndGet(), Character.MAX_RADIX);
        TlsSwitch tlsSwitch = tls.orElse((any, done) -> done.completeExceptionally(new IOException("no certificate")));
        var connection = new SocketConnection(id, ends, context, tlsSwitch, settings.writeTimeout());
        socket.handler(buffer -> connection.received(buffer.getByteBuf()));
        socket.eventHandler(event -> {
            if (event instanceof ChannelInputShutdownEvent) {
                connection.inputEnded();
            }
            ReferenceCountUtil.release(event);
        });
        open.add(connection);
        channel.closeFuture().addListener(closed -> {
            connection.closed();
            limits.release(ends.remote().getAddress());
            open.remove(connection);
        });
        if (settings.implicitTls()) {
            CompletableFuture<SslHandler> done = new CompletableFuture<>();
            done.whenComplete((ssl, failure) -> shaken(connection, failure));
            tlsSwitch.turnOn(channel, done);
        } else {
            start(connection);
        }
    }

    private void shaken(SocketConnection connection, Throwable failure) {
        if (failure == null) {
            start(connection);
        } else {
            LOG.debugf("%s: TLS handshake with %s failed: %s", connection.id(), connection.remote(), failure.getMessage());
            connection.close();
        }
    }

    private void start(SocketConnection connection) {
        open.add(connection);
        Thread.ofVirtual().name(connection.id()).start(() -> {
            try {
                new Session(connection, handler, metrics).run();
            } finally {
                connection.close();
                open.remove(connection);
            }
        });
    }

    /**
     * Accepts no more and tells every session that the process is on its way out; each may finish what runs.
     *
     * @return false when some had to be closed because they had not ended in time
     */
    public boolean drain(Drain drain) throws InterruptedException {
        server.stopAccepting();
        tell(drain);
        boolean ended = open.awaitNone(drain.patience());
        if (!ended) {
            open.last().forEach(SocketConnection::closeNow);
            open.awaitNone(AFTER_CLOSE);
        }
        server.close();
        return ended;
    }

    private void tell(Drain drain) throws InterruptedException {
        List<SocketConnection> all = open.last();
        Duration gap = drain.gap(all.size());
        for (SocketConnection each : all) {
            each.drain();
            if (open.awaitNone(gap)) {
                return;
            }
        }
    }

    /** Closes at once, without waiting for a session. */
    @Override
    public void close() {
        server.stopAccepting();
        open.last().forEach(SocketConnection::closeNow);
        server.close();
    }
}
