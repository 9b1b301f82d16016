package org.postel.wire;

import io.netty.channel.Channel;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One listening port, served by as many event loops as the settings say. */
final class ServerSocket {

    private static final long BIND_SECONDS = 30;

    private final Vertx vertx;
    private final ListenerSettings settings;
    private volatile String deployment = "";
    private final AtomicReference<Channel> bound = new AtomicReference<>();
    private volatile int port;

    ServerSocket(Vertx vertx, ListenerSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.port = settings.port();
    }

    void listen(Handler<NetSocket> accept) throws IOException {
        NetServerOptions options = new NetServerOptions()
                .setHost(settings.host()).setPort(settings.port()).setAcceptBacklog(settings.backlog())
                .setTcpNoDelay(true).setTcpKeepAlive(true).setReuseAddress(true);
        // Vert.x shares a port among its servers by its number, which a free port has only afterwards.
        int instances = settings.port() == 0 ? 1 : settings.eventLoops();
        this.deployment = await(vertx.deployVerticle(() -> new Acceptor(options, accept),
                new DeploymentOptions().setInstances(instances)));
    }

    private String await(Future<String> deployed) throws IOException {
        try {
            return deployed.toCompletionStage().toCompletableFuture().get(BIND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("cannot listen on " + settings.host() + ":" + settings.port() + ": "
                    + (e.getCause() == null ? "timeout" : e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting to listen", e);
        }
    }

    int port() {
        return port;
    }

    /** Remembers the listening socket that this connection came from. */
    void accepted(Channel connection) {
        bound.compareAndSet(null, connection.parent());
    }

    /** Closes the listening socket only: closing Vert.x's server would close every connection too. */
    void stopAccepting() {
        Channel listening = bound.get();
        if (listening == null) {
            close();
        } else {
            listening.close().awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Waits until the port is free; may be called twice. */
    synchronized void close() {
        if (vertx.deploymentIDs().contains(deployment)) {
            vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().orTimeout(BIND_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private final class Acceptor extends AbstractVerticle {

        private final NetServerOptions options;
        private final Handler<NetSocket> accept;

        Acceptor(NetServerOptions options, Handler<NetSocket> accept) {
            this.options = options;
            this.accept = accept;
        }

        @Override
        public void start(Promise<Void> started) {
            NetServer server = vertx.createNetServer(options).connectHandler(accept);
            server.listen().onSuccess(listening -> port = listening.actualPort()).<Void>mapEmpty().onComplete(started);
        }
    }
}
