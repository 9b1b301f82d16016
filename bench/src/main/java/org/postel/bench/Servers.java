package org.postel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.stack.MailStack;
import org.postel.bench.stack.PeerStack;
import org.postel.bench.stack.PostelStack;

/** The servers that are measured, running until this is closed. */
final class Servers implements AutoCloseable {

    private static final int ACCOUNTS = 100;

    private final List<MailStack> all = new ArrayList<>();

    private Servers() {
    }

    /** Starts those that are wanted and can be. */
    static Servers start(Path root, boolean postel, boolean running, boolean peers) throws IOException {
        Servers servers = new Servers();
        try {
            if (postel) {
                System.out.println(running ? "Postel runs already." : "Starting Postel ...");
                servers.all.add(running ? PostelStack.running(root, ACCOUNTS) : PostelStack.start(root, ACCOUNTS));
            }
            if (peers && PeerStack.isInstalled()) {
                System.out.println("Starting Postfix and Dovecot ...");
                servers.all.add(PeerStack.start(ACCOUNTS));
            } else if (peers) {
                System.out.println("Postfix and Dovecot are left out: they are not installed. " + PeerStack.INSTALL);
            }
            return servers;
        } catch (IOException | RuntimeException failed) {
            servers.close();
            throw failed;
        }
    }

    List<MailStack> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() throws IOException {
        for (MailStack stack : all) {
            stack.close();
        }
    }
}
