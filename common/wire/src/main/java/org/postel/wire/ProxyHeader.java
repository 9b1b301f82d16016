package org.postel.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads the header of the PROXY protocol that a connection begins with, version 1 or 2 of HAProxy's specification, and holds
 * back what comes after it until the connection is served. Without a header in time the connection ends, and nothing is said.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(ProxyHeader.class);
    private static final String DECODER = "proxy-header";
    private static final String WAITER = "proxy-header-waiter";
    // Octets of the extensions that may follow the addresses of version 2; those of cloud providers have some dozens.
    private static final int MOST_EXTENSIONS = 2048;

    private final Endpoints socket;
    private final Consumer<Endpoints> then;
    private final Queue<Object> held = new ArrayDeque<>(2);
    private Future<?> deadline;
    private boolean found;

    private ProxyHeader(Endpoints socket, Consumer<Endpoints> then) {
        this.socket = socket;
        this.then = then;
    }

    /**
     * To be called on the event loop before anything was read.
     *
     * @param then called once, on the event loop, with whom the header speaks of
     */
    static void await(ChannelHandlerContext context, Duration patience, Consumer<Endpoints> then) {
        var channel = context.channel();
        ProxyHeader waiter = new ProxyHeader(Endpoints.of(channel), then);
        // In this order from the socket on: decoder, waiter, whatever serves the connection.
        channel.pipeline().addFirst(WAITER, waiter);
        channel.pipeline().addFirst(DECODER, new HAProxyMessageDecoder(MOST_EXTENSIONS));
        waiter.deadline = context.executor().schedule(() -> waiter.end(channel.pipeline().context(WAITER), "no PROXY header in time"),
                patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (!(read instanceof HAProxyMessage header)) {
            held.add(read);
            return;
        }
        deadline.cancel(false);
        found = true;
        try {
            Endpoints told = socket.behind(header);
            // Not now: the decoder is about to hand on what it has read beyond the header, and TLS must stand before that.
            context.executor().execute(() -> open(context, told));
        } catch (IllegalArgumentException e) {
            end(context, "a PROXY header that tells of no connection");
        } finally {
            header.release();
        }
    }

    private void open(ChannelHandlerContext context, Endpoints told) {
        if (!context.channel().isActive() || context.isRemoved()) {
            return;
        }
        then.accept(told);
        var pipeline = context.pipeline();
        Queue<Object> rest = new ArrayDeque<>(held);
        held.clear();
        pipeline.remove(this);
        rest.forEach(each -> {
            if (each instanceof ByteBuf) {
                pipeline.fireChannelRead(each);
            } else {
                pipeline.fireUserEventTriggered(each);
            }
        });
        pipeline.fireChannelReadComplete();
    }

    // What ends the input comes after what was read.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            context.fireUserEventTriggered(event);
        } else if (found) {
            held.add(event);
        } else {
            // Balancers look whether a port is there in this way.
            end(context, "closed before a PROXY header");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        end(context, "not a PROXY header: " + failure.getClass().getSimpleName());
    }

    private void end(ChannelHandlerContext context, String reason) {
        LOG.debugf("connection of %s ended: %s", socket.remote(), reason);
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.cancel(false);
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
