package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.trust.dns.FakeDns;

/** The messages in the appendices of RFC 6376 (as eid3192 and eid4926 correct them) and RFC 8463. */
class PublishedSignaturesTest {

    private static final String SIMPLE = """
        DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
              c=simple/simple; q=dns/txt; i=joe@football.example.com;
              h=Received : From : To : Subject : Date : Message-ID;
              bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
              b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
              4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
              KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
              4bmp/YzhwvcubU4=;
        Received: from client1.football.example.com  [192.0.2.1]
              by submitserver.example.com with SUBMISSION;
              Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game. Are you hungry yet?

        Joe.
        """;
    private static final String RELAXED = """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=test; t=1528637909; h=from : to : subject :
         date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
         DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
         dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game.  Are you hungry yet?

        Joe.
        """;
    private final FakeDns dns = new FakeDns()
        .with("brisbane._domainkey.example.com", "TXT", "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM"
            + "oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
            + "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB")
        .with("brisbane._domainkey.football.example.com", "TXT", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        .with("test._domainkey.football.example.com", "TXT", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
            + "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKr"
            + "M3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");

    @Test
    void theOneOfRfc6376Verifies() {
        assertEquals(List.of(Verdict.PASS), verdicts(SIMPLE));
    }

    @Test
    void bothOfRfc8463Verify() {
        assertEquals(List.of(Verdict.PASS, Verdict.PASS), verdicts(RELAXED));
    }

    @Test
    void whatIsChangedDoesNot() {
        assertEquals(List.of(Verdict.FAIL), verdicts(SIMPLE + "More.\n"));
        assertEquals(List.of(Verdict.FAIL), verdicts(SIMPLE.replace("Subject: Is", "Subject:  Is")));
        assertEquals(List.of(Verdict.FAIL, Verdict.FAIL), verdicts(RELAXED.replace("dinner", "lunch")));
        assertEquals(List.of(Verdict.FAIL, Verdict.FAIL), verdicts(RELAXED.replace("Joe.\n", "Jane.\n")));
        assertEquals(List.of(Verdict.FAIL, Verdict.FAIL), verdicts(RELAXED.replace("From:", "From: Eve <eve@example.org>\nFrom:")));
    }

    @Test
    void whiteSpaceMayChangeWhereItIsRelaxed() {
        assertEquals(List.of(Verdict.PASS, Verdict.PASS), verdicts(RELAXED.replace("Subject: Is", "SUBJECT:\n\t Is").replace("game.  Are", "game. \tAre \t")
            + "\n\n \n"));
        assertEquals(List.of(Verdict.PASS), verdicts(SIMPLE + "\n\n"));
    }

    private List<Verdict> verdicts(String message) {
        return Signed.verifyEach(message, dns).stream().map(DkimResult::verdict).toList();
    }
}
