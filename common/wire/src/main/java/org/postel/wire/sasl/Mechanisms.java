package org.postel.wire.sasl;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mechanisms one client may use: those that the authority takes, and of them those that its connection is good for. Strongest
 * first, for clients that take the first they know.
 *
 * @param all in the order they are offered
 */
public record Mechanisms<I>(List<Mechanism<I>> all) {

    /** What everybody takes who takes passwords at all. */
    public static final List<String> PASSWORDS = List.of("PLAIN", "LOGIN");

    /** Every name there is, for whoever counts by name. */
    public static final List<String> KNOWN =
            List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN");

    public Mechanisms {
        all = List.copyOf(all);
    }

    /**
     * For one client.
     *
     * @param taken    names that the authority takes; SCRAM-SHA-256 stands for both of its kind
     * @param bindings of the client's connection: without one no -PLUS is offered
     */
    public static <I> Mechanisms<I> of(Collection<String> taken, List<ChannelBinding> bindings, Authority<I> authority) {
        Stream<Mechanism<I>> plus = bindings.isEmpty() || !taken.contains("SCRAM-SHA-256")
                ? Stream.empty()
                : Stream.of(Scram.plus(bindings, authority));
        Stream<Mechanism<I>> others = Stream.of(Scram.plain(bindings, authority), Bearer.oauthBearer(authority), Bearer.xoauth2(authority),
                new Plain<>(authority), new Login<>(authority));
        return new Mechanisms<>(Stream.concat(plus, others.filter(mechanism -> taken.contains(mechanism.name()))).toList());
    }

    /** The names to offer. */
    public List<String> names() {
        return all.stream().map(Mechanism::name).toList();
    }

    /** The mechanism of this name, if it is offered. */
    public Optional<Mechanism<I>> named(String name) {
        return all.stream().filter(mechanism -> mechanism.name().equals(name)).findFirst();
    }
}
