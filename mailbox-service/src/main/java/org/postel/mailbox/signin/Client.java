package org.postel.mailbox.signin;

/**
 * Where a request of a browser comes from.
 *
 * @param address its address, not that of a proxy before us
 * @param agent   what it calls itself (RFC 9110 §10.1.5), cut to what is kept of it
 */
public record Client(String address, String agent) {

    private static final int LONGEST_AGENT = 300;

    public Client {
        agent = agent.substring(0, Math.min(agent.length(), LONGEST_AGENT));
    }
}
