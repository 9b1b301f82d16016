package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.delivery.smtp.TlsPolicy.Verified.Wanted;

class TlsPolicyTest {

    static Stream<Arguments> policies() {
        return Stream.of(
            Arguments.of(TlsPolicy.OPPORTUNISTIC, "certificate not verified"),
            Arguments.of(TlsPolicy.REQUIRED, "certificate not verified"),
            Arguments.of(new TlsPolicy.Verified(Authorities.ofJava(), Wanted.BY_DOMAIN), "certificate verified (MTA-STS)"),
            Arguments.of(new TlsPolicy.Verified(Authorities.ofJava(), Wanted.BY_SENDER), "certificate verified (WebPKI)"),
            Arguments.of(new TlsPolicy.Dane("mx.example.org", Set.of(), Set.of()), "certificate verified (DANE)"));
    }

    /** Nobody may read of a proof that was none. */
    @ParameterizedTest
    @MethodSource("policies")
    void onlyWhatWasVerifiedIsSaidToBe(TlsPolicy policy, String proof) {
        assertEquals(proof, policy.proof());
    }
}
