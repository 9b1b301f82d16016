package org.postel.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.relay.StsPolicy;

/** RFC 8461 §3.1 and §3.2. */
class PolicyTextTest {

    @Test
    void thePolicyOfTheRfcIsRead() {
        assertEquals(Optional.of(new StsPolicy(StsPolicy.Mode.ENFORCE, List.of("mail.example.com", "*.example.net", "backupmx.example.com"),
                Duration.ofSeconds(604_800))), PolicyText.read("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\n"
                        + "mx: *.example.net\r\nmx: backupmx.example.com\r\nmax_age: 604800\r\n"));
    }

    @Test
    void theFirstOfAFieldCountsAndUnknownOnesAreIgnored() {
        assertEquals(Optional.of(new StsPolicy(StsPolicy.Mode.TESTING, List.of("a.example.org"), Duration.ofSeconds(60))),
                PolicyText.read("version:STSv1\nmode:testing\nmode:enforce\nmx:a.example.org\nmax_age:60\nmax_age:99\nnew_field: x y\n"));
    }

    @Test
    void aYearIsTheLongest() {
        assertEquals(Duration.ofSeconds(31_557_600),
                PolicyText.read("version: STSv1\nmode: none\nmax_age: 9999999999\n").orElseThrow().maxAge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>\n", "mode: enforce\nmx: a.test\nmax_age: 1\n", "version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1\n",
        "version: STSv1\nmode: strict\nmx: a.test\nmax_age: 1\n", "version: STSv1\nmode: enforce\nmax_age: 1\n",
        "version: STSv1\nmode: enforce\nmx: a.test\n", "version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1\n",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1\n"})
    void whatIsNoPolicyIsNone(String text) {
        assertEquals(Optional.empty(), PolicyText.read(text));
    }

    @Test
    void oneRecordSaysWhichPolicyItIs() {
        assertEquals(Optional.of(new PolicyRecord("20160831085700Z")), PolicyRecord.of(List.of("other", "v=STSv1; id=20160831085700Z;")));
        assertEquals(Optional.of(new PolicyRecord("1")), PolicyRecord.of(List.of("v=STSv1;x=y;id=1")));
        assertEquals(Optional.empty(), PolicyRecord.of(List.of("v=STSv1; id=1;", "v=STSv1; id=2;")));
        assertEquals(Optional.empty(), PolicyRecord.of(List.of("v=STSv1; id=no-such;")));
        assertEquals(Optional.empty(), PolicyRecord.of(List.of("v=STSv10; id=1;")));
    }
}
