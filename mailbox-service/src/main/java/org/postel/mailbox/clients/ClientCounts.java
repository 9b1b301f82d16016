package org.postel.mailbox.clients;

/**
 * What the clients of one network do.
 *
 * @param open connections that are open
 * @param connections that were opened within the last minute
 */
public record ClientCounts(int open, int connections) {

    /** @throws IllegalArgumentException when fewer than none are */
    public ClientCounts {
        if (open < 0 || connections < 0) {
            throw new IllegalArgumentException("no count: " + open + ", " + connections);
        }
    }

    ClientCounts and(ClientCounts other) {
        return new ClientCounts(sum(open, other.open), sum(connections, other.connections));
    }

    int most() {
        return Math.max(open, connections);
    }

    private static int sum(int one, int other) {
        return (int) Math.min((long) one + other, Integer.MAX_VALUE);
    }
}
