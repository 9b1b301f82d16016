package org.postel.endtoend;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Order;
import org.postel.launcher.platform.Scale;

/** The platforms that several classes of tests use. Each starts for the first of its classes, and ends when another platform starts. */
enum SharedPlatform {

    /** Of all tests but those that break it or need it to be otherwise. Bounces come after seconds instead of days. */
    UNBROKEN(Scale.ofEach(2), settings -> {
        settings.put("postel.delivery.give-up-after", "12s");
        settings.put("postel.delivery.next-hops.\"remote.example.org\"", "127.0.0.1:" + RemoteServer.shared().port());
        AccessTokens.configure(settings);
        settings.put("postel.delivery.next-hops.\"down.example.org\"", "127.0.0.1:1");
        settings.put("postel.tls.reload-interval", "1s");
    }),

    /** Whose mail and spans are looked at on their way; what is deferred waits for an hour. */
    OBSERVED(Scale.ONE_OF_EACH, settings -> {
        QueueOrdersTest.configure(settings);
        QueueCommandsTest.configure(settings);
        KeptPolicyTest.configure(settings);
        TracingTest.configure(settings);
    }),

    /** Of which one process is killed again and again. */
    FRAGILE(Scale.ONE_OF_EACH, settings -> {
        KilledStoreTest.configure(settings);
        RelayFaultsTest.configure(settings);
    }),

    /** Of which one process of each service is killed, then the other, and the engines. */
    SCALED(Scale.ofEach(2), settings -> {
        ClientFloodTest.configure(settings);
        settings.put("postel.smtp.queue-timeout", "10s");
        settings.put("postel.delivery.queue-metrics-interval", "1s");
    });

    private final Scale scale;
    private final Consumer<Map<String, String>> own;
    private RunningPlatform running;

    SharedPlatform(Scale scale, Consumer<Map<String, String>> own) {
        this.scale = scale;
        this.own = own;
    }

    /** Started when it is not up. */
    synchronized RunningPlatform running() {
        if (running == null || !running.isUp()) {
            Map<String, String> settings = RunningPlatform.impatient();
            own.accept(settings);
            running = RunningPlatform.start(settings, scale);
        }
        return running;
    }

    /** The {@link Order} of the classes, so that those of one platform come after each other. Those of {@link #UNBROKEN} have none and come before all others that need a platform. */
    static final class Turn {

        static final int BEFORE_ALL = 0;
        static final int OF_OBSERVED = Order.DEFAULT + 1;
        static final int OF_FRAGILE = Order.DEFAULT + 2;
        static final int OF_SCALED = Order.DEFAULT + 3;
        /** Of a class with a platform of its own. */
        static final int OF_OTHERS = Order.DEFAULT + 4;
        static final int AFTER_ALL = Integer.MAX_VALUE;

        private Turn() {
        }
    }
}
