package org.postel.delivery.relay;

import java.util.List;
import java.util.Map;
import org.postel.queue.v1.Failure;

/** Addresses that do not exist, as their servers said lately: asking again only makes us look like one who guesses. */
public interface Suppressions {

    /** Why these are not tried; those that are, are not in it. Nobody to be asked: all are tried. */
    Map<String, Failure> of(List<String> addresses);

    /** A server said so. */
    void add(String address, String reply);
}
