package org.postel.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports nobody listens on. They lie below the range the operating system takes for outgoing connections, so a server that was
 * killed finds its port free when it comes back.
 */
public final class FreePort {

    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {
    }

    /** A port of loopback that is free now and was not given before by this process. */
    public static int next() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        while (!isFree(port) || !GIVEN.add(port)) {
            port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        }
        return port;
    }

    /** Whether nobody listens on that port of loopback. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
