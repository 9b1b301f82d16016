package org.postel.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.postel.wire.sasl.ChannelBinding;

/** A connection over one socket of Vert.x. */
final class SocketConnection implements Connection {

    /** What a compressed connection holds. */
    private record Deflate(Compression compression, InflatedInput input, DeflatedOutput output) {

        void close() {
            input.close();
            output.close();
            compression.giveBackConnection();
        }
    }

    // A last reply may need this long to reach a slow peer; then the socket is closed whatever is left.
    private static final long CLOSE_SECONDS = 5;
    // So long is read on, and thrown away, after the last reply: closing with octets unread would reset the connection,
    // and the reset may overtake the reply.
    private static final long LINGER_SECONDS = 1;

    private final String id;
    private final ChannelHandlerContext context;
    private final TlsSwitch tlsSwitch;
    private final Endpoints ends;
    private final Inbound inbound;
    private final Outbound outbound;
    private Source source;
    private Optional<Deflate> deflate = Optional.empty();

    /** @param context of the last handler of the socket's pipeline */
    SocketConnection(String id, Endpoints ends, ChannelHandlerContext context, TlsSwitch tlsSwitch, Duration writeTimeout) {
        this.id = id;
        this.ends = ends;
        this.context = context;
        this.tlsSwitch = tlsSwitch;
        this.inbound = new Inbound(context.channel().config()::setAutoRead);
        this.source = inbound;
        this.outbound = new Outbound(
                (octets, sent) -> context.writeAndFlush(octets, context.newPromise().addListener(sent)), writeTimeout);
    }

    void received(ByteBuf octets) {
        inbound.received(octets);
    }

    void inputEnded() {
        if (inbound.end()) {
            closeNow();
        }
    }

    void closed() {
        inbound.end();
        outbound.end();
    }

    void drain() {
        inbound.drain();
    }

    @Override
    public byte[] readLine(int limit, Duration timeout) throws IOException {
        return new LineReader(source, limit, false, this::flush).read(deadline(timeout));
    }

    @Override
    public byte[] readContinuation(int limit, Duration timeout) throws IOException {
        return new LineReader(source, limit, true, this::flush).read(deadline(timeout));
    }

    @Override
    public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
        if (!source.hasInput()) {
            flush();
        }
        ByteBuf segment = source.segment(deadline(timeout), false);
        int count = Math.min(length, segment.readableBytes());
        segment.readBytes(into, offset, count);
        return count;
    }

    @Override
    public void unread(int count) {
        source.unread(count);
    }

    @Override
    public boolean hasInput() {
        return source.hasInput();
    }

    @Override
    public Signal await(Duration timeout) throws IOException {
        if (!source.hasInput()) {
            flush();
        }
        return source.await(deadline(timeout));
    }

    private static long deadline(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    @Override
    public void wake() {
        inbound.wake();
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (deflate.isPresent()) {
            deflate.get().output.write(octets, offset, length);
        } else {
            outbound.write(octets, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        separate();
        outbound.flush();
    }

    @Override
    public boolean startCompression(Compression compression, byte[] goAhead) throws IOException {
        if (compressed()) {
            throw new IllegalStateException("compressed already");
        }
        if (!compression.takeConnection()) {
            return false;
        }
        InflatedInput input = new InflatedInput(inbound, this::flush, compression.allowance());
        deflate = Optional.of(new Deflate(compression, input, new DeflatedOutput(compression, outbound)));
        source = input;
        outbound.write(goAhead, 0, goAhead.length);
        return true;
    }

    @Override
    public boolean compressed() {
        return deflate.isPresent();
    }

    @Override
    public void separate() throws IOException {
        if (deflate.isPresent()) {
            deflate.get().output.separate();
        }
    }

    @Override
    public void startTls() throws IOException {
        if (tls()) {
            throw new IllegalStateException("TLS is on already");
        }
        ByteBuf goAhead = outbound.take();
        CompletableFuture<SslHandler> done = new CompletableFuture<>();
        boolean readAlready = inbound.hasInput();
        // In one turn of the event loop nothing can be received between the check, the reply and TLS.
        context.executor().execute(() -> {
            if (readAlready || inbound.hasQueued()) {
                done.completeExceptionally(new PlaintextInjectionException());
                return;
            }
            outbound.hand(goAhead);
            tlsSwitch.turnOn(context.channel(), done);
        });
        awaitTls(done);
    }

    private static void awaitTls(CompletableFuture<SslHandler> done) throws IOException {
        try {
            done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PlaintextInjectionException injection) {
                throw injection;
            }
            throw new TlsFailedException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PeerGoneException("the connection's thread was interrupted");
        }
    }

    @Override
    public boolean tls() {
        return context.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public String tlsDescription() {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        if (handler == null) {
            return "";
        }
        var session = handler.engine().getSession();
        return session.getProtocol() + ", " + session.getCipherSuite();
    }

    @Override
    public List<ChannelBinding> channelBindings() {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        return handler == null ? List.of() : TlsBindings.of(handler.engine().getSession());
    }

    @Override
    public InetSocketAddress remote() {
        return ends.remote();
    }

    @Override
    public InetSocketAddress local() {
        return ends.local();
    }

    @Override
    public boolean draining() {
        return inbound.draining();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void close() {
        endCompression();
        Channel channel = context.channel();
        if (!channel.isOpen()) {
            return;
        }
        ByteBuf last = outbound.take();
        context.executor().execute(() -> {
            outbound.hand(last);
            closeAfter(CLOSE_SECONDS);
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> endOutput());
        });
    }

    private void endCompression() {
        deflate.ifPresent(Deflate::close);
        deflate = Optional.empty();
        source = inbound;
    }

    private void closeAfter(long seconds) {
        var forced = context.executor().schedule(this::closeNow, seconds, TimeUnit.SECONDS);
        context.channel().closeFuture().addListener(closed -> forced.cancel(false));
    }

    private void endOutput() {
        if (inbound.discard() || !(context.channel() instanceof DuplexChannel duplex)) {
            context.close();
            return;
        }
        SslHandler ssl = context.pipeline().get(SslHandler.class);
        if (ssl != null) {
            ssl.closeOutbound();
        }
        closeAfter(LINGER_SECONDS);
        duplex.shutdownOutput();
    }

    /** Closes the socket at once, whatever it still has to send. */
    void closeNow() {
        // From the first handler on: past TLS, which would wait for its close_notify to be sent.
        context.executor().execute(() -> {
            var first = context.pipeline().firstContext();
            if (first != null) {
                first.close();
            }
        });
    }
}
