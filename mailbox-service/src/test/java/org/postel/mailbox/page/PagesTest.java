package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.web.PageServer;

@Timeout(30)
class PagesTest {

    private static final Pattern ROW = Pattern.compile("<tr><th scope=\"row\">(\\S+) .*?</tr>");
    private static final Pattern CELL = Pattern.compile("<td>(?:<span class=\"copy\">)?(.*?)(?:</span>)?</td>");

    private SiteFixture site;
    private PageServer pages;

    @BeforeEach
    void start() throws Exception {
        site = SiteFixture.alone();
        pages = site.server();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void theTableSaysWhereToConnectTheBestFirst() throws Exception {
        String page = page("/connect?address=jane%40example.test");
        List<String> rows = ROW.matcher(page).results().map(row -> row.group(1) + " "
                + String.join(" ", CELL.matcher(row.group()).results().map(cell -> cell.group(1)).toList())).toList();
        assertEquals(List.of("IMAP mail.example.test 993 SSL/TLS jane@example.test", "IMAP mail.example.test 143 STARTTLS jane@example.test",
                "POP3 mail.example.test 995 SSL/TLS jane@example.test", "POP3 mail.example.test 110 STARTTLS jane@example.test",
                "SMTP mail.example.test 465 SSL/TLS jane@example.test", "SMTP mail.example.test 587 STARTTLS jane@example.test"), rows);
    }

    @ParameterizedTest
    @CsvSource({"fr, fr", "'fr-CA,fr;q=0.8,en;q=0.5', fr", "'de,en;q=0.5,fr;q=0.4', en", "de, en", "'', en", "';;q', en", "*, en"})
    void theBrowserSaysTheLanguage(String wish, String tag) throws Exception {
        String page = pages.get("/connect", "example.test", "Accept-Language: " + wish);
        assertTrue(page.contains("<html lang=\"" + tag + "\">"), page);
        assertTrue(page.toLowerCase().contains("content-language: " + tag), page);
    }

    @Test
    void whoeverOpensTheWebPortIsLedToTheAccount() throws Exception {
        String answer = pages.get("/", "example.test").toLowerCase();
        assertTrue(answer.startsWith("http/1.1 302 "), answer);
        assertTrue(answer.contains("location: /account\r\n"), answer);
    }

    @Test
    void aLinkSaysItFirst() throws Exception {
        String page = pages.get("/connect?lang=fr", "example.test", "Accept-Language: en");
        assertTrue(page.contains("<h1>Configurer un logiciel de messagerie</h1>"), page);
        assertTrue(pages.get("/connect?lang=xx", "example.test").contains("<html lang=\"en\">"));
    }

    // SAFETY row 39
    @Test
    void whatAStrangerPutsIntoALinkIsEscaped() throws Exception {
        String page = page("/connect?address=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%40example.test");
        assertFalse(page.contains("<script>"), page);
        assertTrue(page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@example.test"), page);
    }

    // SAFETY row 39
    @ParameterizedTest
    @ValueSource(strings = {"/connect", "/page.css", "/copy.js"})
    void nothingElseIsLoadedAndNobodyFramesIt(String path) throws Exception {
        String answer = page(path).toLowerCase();
        assertTrue(answer.contains("content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; "), answer);
        assertTrue(answer.contains("frame-ancestors 'none'"), answer);
        assertTrue(answer.contains("x-content-type-options: nosniff"), answer);
        assertTrue(answer.contains("referrer-policy: same-origin"), answer);
        assertFalse(answer.contains("strict-transport-security"), answer);
        assertTrue(pages.get(path, "example.test", "X-Forwarded-Proto: https").toLowerCase().contains("strict-transport-security: max-age="));
    }

    /** RFC 9110 §9.3.2. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/connect", "/account", "/page.css"})
    void headIsAnsweredAsGetWithoutTheContent(String path) throws Exception {
        String get = pages.get(path, "example.test");
        String head = pages.head(path, "example.test");
        assertEquals(get.lines().findFirst(), head.lines().findFirst());
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void thePolicyForbidsNothingThatThePageDoes() throws Exception {
        String page = page("/connect");
        String body = page.substring(page.indexOf("<!DOCTYPE"));
        for (String inline : List.of("<style", " style=", "<script>", " onclick=", "javascript:", "//")) {
            assertFalse(body.contains(inline), inline);
        }
    }

    private String page(String path) throws Exception {
        String answer = pages.get(path, "example.test");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        return answer;
    }
}
