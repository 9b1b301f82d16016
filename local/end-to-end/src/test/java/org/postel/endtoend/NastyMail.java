package org.postel.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages that servers read differently: allowed and rare, or broken. Each is made the same way each time; octets stand as ISO 8859-1. */
final class NastyMail {

    private NastyMail() {
    }

    /** The plain ones first, then the nasty ones; their order is what {@code commands.txt} counts by. */
    static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(List.of(Messages.plain("a@example.org", "b@example.test", "the first"), Messages.multipart("several parts"),
                Messages.eightBit(), Messages.utf8(), Messages.ofSize(60_000, 1), Messages.ofSize(400_000, 2)));
        nested().forEach(text -> all.add(octets(text)));
        headers().forEach(text -> all.add(octets(text)));
        broken().forEach(text -> all.add(octets(text)));
        conversation().forEach(text -> all.add(octets(text)));
        return all;
    }

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** 7 to 11: messages within messages, a digest, a report, parts within parts with boundaries that begin alike. */
    private static List<String> nested() {
        return List.of("""
                From: Outer <outer@example.org>
                To: b@example.test
                Subject: forwarded
                Date: Tue, 3 Feb 2026 11:00:00 +0100
                Message-ID: <outer@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer

                see below
                --outer
                Content-Type: message/rfc822
                Content-Description: what I got

                From: Inner <inner@example.org>
                To: outer@example.org
                Subject: inner
                Date: Mon, 2 Feb 2026 10:00:00 +0000
                Message-ID: <inner@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain

                inner text
                --inner
                Content-Type: message/rfc822

                From: innermost@example.org
                Subject: innermost

                innermost text
                --inner--
                --outer--
                """, """
                From: a@example.org
                To: b@example.test
                Subject: only a message
                Date: Tue, 3 Feb 2026 12:00:00 +0000
                MIME-Version: 1.0
                Content-Type: message/rfc822

                From: within@example.org
                Subject: within
                Content-Type: text/html; charset=us-ascii

                <p>within
                """, """
                From: list@example.org
                To: b@example.test
                Subject: digest
                Date: Tue, 3 Feb 2026 13:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/digest; boundary="--digest"

                preamble
                ----digest

                From: one@example.org
                Subject: one

                first of the digest
                ----digest
                Content-Type: text/plain

                a text among messages
                ----digest--
                epilogue
                """, """
                From: mailer-daemon@example.org
                To: b@example.test
                Subject: returned
                Date: Tue, 3 Feb 2026 14:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=report

                --report

                It could not be delivered.
                --report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example.org

                Final-Recipient: rfc822; nobody@example.org
                Action: failed
                Status: 5.1.1
                --report
                Content-Type: text/rfc822-headers

                Subject: what was sent
                --report--
                """, """
                From: a@example.org
                To: b@example.test
                Subject: boundaries that begin alike
                Date: Tue, 3 Feb 2026 15:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/mixed; boundary=bb

                --bb
                Content-Type: text/plain; name=one.txt

                one
                --bb
                Content-Type: image/gif; name="two.gif"
                Content-Transfer-Encoding: base64
                Content-Id: <two@example.org>
                Content-Disposition: inline; filename="two.gif"; size=3

                R0lG
                --bb--
                --b
                Content-Type: text/x-three

                three
                --b--
                """);
    }

    /** 12 to 19: encoded words, groups, folding, parameters, charsets. */
    private static List<String> headers() {
        return List.of("""
                From: =?utf-8?B?SsO8cmdlbiBNw7xsbGVy?= <juergen@example.org>
                To: =?iso-8859-1?Q?Andr=E9?= Pirard <pirard@example.org>, "=?utf-8?Q?quoted?=" <q@example.org>
                Subject: =?utf-8?Q?Stra=C3=9Fe_und?=
                 =?utf-8?Q?_Platz?= and =?x-none?Q?broken?= =?utf-8?B?broken
                Date: Wed, 4 Feb 2026 10:00:00 +0000
                Message-ID: <encoded@example.org>

                Encoded words.
                """, """
                From: Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>
                Sender: "Joe Q. Public" <john.q.public@example.com>
                Reply-To: "Mary Smith: Personal" <smith@home.example>, <@route.example,@other.example:routed@example.org>
                To: A Group(Some people):Chris Jones <c@(Chris's host.)public.example>, joe@example.org, John <jdoe@one.test> (my dear friend); (the end)
                Cc: Undisclosed recipients:;, "quoted \\"string\\"" <"a b"@example.org>, nodomain, <bracketed>
                Bcc: =?utf-8?Q?hidden?= <hidden@example.org>
                Subject: addresses
                Date: Wed, 4 Feb 2026 11:00:00 +0000 (comment)
                Message-ID: <addresses@example.org>

                Groups, routes and comments.
                """, """
                From: a@example.org
                To: one@example.org
                To: two@example.org
                Subject: first
                 folded\tline
                Subject: second
                Date: Wed, 4 Feb 2026 12:00:00 -0500
                X-Empty:
                X-Folded:
                \tbehind a tab
                In-Reply-To: <one@example.org>
                 <two@example.org>
                References: <zero@example.org>
                \t<one@example.org>
                Message-Id:   <spaces@example.org>\s\s

                Folded.
                """, """
                From: a@example.org
                To: b@example.test
                Subject: parameters
                Date: Wed, 4 Feb 2026 13:00:00 +0000
                MIME-Version: 1.0 (comment)
                Content-Type: text/plain (text); charset=utf-8 (c); format=flowed; name*0*=utf-8''na%C3%AF; name*1*=ve; x="qu\\"oted \\\\"
                Content-Transfer-Encoding: 8BIT
                Content-Language: de, en-GB
                Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
                Content-Location: http://example.org/a
                Content-Disposition: attachment; filename*=utf-8''a%20b.txt
                Content-ID: <parameters@example.org>
                Content-Description: =?utf-8?Q?described?=

                Parameters: na\u00c3\u00afve.
                """, """
                From: koi@example.org
                To: b@example.test
                Subject: =?koi8-r?B?8NLJ18XU?=
                Date: Wed, 4 Feb 2026 14:00:00 +0000
                MIME-Version: 1.0
                Content-Type: text/plain; charset=koi8-r
                Content-Transfer-Encoding: 8bit

                \u00f0\u00d2\u00c9\u00d7\u00c5\u00d4
                """, """
                From: unknown@example.org
                To: b@example.test
                Subject: no such charset
                Date: Wed, 4 Feb 2026 15:00:00 +0000
                MIME-Version: 1.0
                Content-Type: text/plain; charset=x-none
                Content-Transfer-Encoding: quoted-printable

                =E4needle in x-none
                """, """
                From: base@example.org
                To: b@example.test
                Subject: in base64
                Date: Wed, 4 Feb 2026 16:00:00 +0000
                MIME-Version: 1.0
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: BASE64

                PHA+R3LDvMOfZSBmcm9tIHRoZSBoYXlzdGFjazwvcD4K
                """, """
                From: long@example.org
                To: b@example.test
                Subject: %s
                Date: Wed, 4 Feb 2026 17:00:00 +0000

                %s""".formatted("long ".repeat(300) + "subject", "a line of 5,000 octets ".repeat(218)));
    }

    /** 20 to 29: what no RFC allows, and what has nothing in it. */
    private static List<String> broken() {
        return List.of("""
                From: a@example.org
                Subject: no end
                Date: Thu, 5 Feb 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=end

                --end
                Content-Type: text/plain

                never ended
                --end
                Content-Type: multipart/alternative; boundary=deep

                --deep
                Content-Type: text/html

                nor this""", """
                From: a@example.org
                Subject: no boundary
                Date: Thu, 5 Feb 2026 11:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed

                text without a part
                """, """
                From: a@example.org
                Subject: nothing within
                Date: Thu, 5 Feb 2026 12:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=none

                --none--
                """, """
                From: a@example.org
                Subject: ends with the header
                Date: Thu, 5 Feb 2026 13:00:00 +0000
                """, """
                From: a@example.org
                Subject: empty body
                Date: Thu, 5 Feb 2026 14:00:00 +0000

                """, """

                No header at all, needle.
                """, """
                this line is no field
                From: a@example.org
                Subject : space before the colon
                Date: yesterday

                The first line is no field.
                """, """
                From: a@example.org
                Subject: types
                Date: Thu, 5 Feb 2026 25:61:00 +0000
                MIME-Version: 1.0
                Content-Type: text
                Content-Transfer-Encoding: x-unknown

                A type without a subtype.
                """, """
                From: a@example.org
                Subject: semicolons
                Date: 5 Feb 26 15:00 EST
                MIME-Version: 1.0
                Content-Type: ;;;
                Content-Disposition: ;
                Content-Transfer-Encoding:

                A type without anything.
                """, """
                From: "unbalanced <a@example.org>
                To: b@example.test, , <>, c@, @d
                Subject: \u00e4\u00f6\u00fc raw
                Date:
                MIME-Version: 1.0
                Content-Type: text/plain; charset="unbalanced

                Nothing is closed.
                """);
    }

    /** 30 to 34: a thread whose middle is missing, and two mails with one Message-ID. */
    private static List<String> conversation() {
        return List.of("""
                From: a@example.org
                To: list@example.org
                Subject: Topic
                Date: Fri, 6 Feb 2026 10:00:00 +0000
                Message-ID: <topic@example.org>

                It begins.
                """, """
                From: b@example.test
                To: a@example.org
                Subject: Re: Topic
                Date: Fri, 6 Feb 2026 12:00:00 +0000
                Message-ID: <answer@example.org>
                In-Reply-To: <topic@example.org>

                An answer.
                """, """
                From: c@example.org
                To: list@example.org
                Subject: [list] Re: topic (fwd)
                Date: Fri, 6 Feb 2026 11:00:00 +0000
                Message-ID: <late@example.org>
                References: <topic@example.org> <missing@example.org>

                An answer to one that is missing.
                """, """
                From: d@example.org
                To: list@example.org
                Subject: Fwd: [Fwd: Re: Topic]
                Date: Fri, 6 Feb 2026 13:00:00 +0000
                Message-ID: <answer@example.org>

                The Message-ID of another.
                """, """
                From: e@example.org
                To: list@example.org
                Subject: Re: other
                Date: Fri, 6 Feb 2026 09:00:00 +0000
                Message-ID: <other@example.org>
                References: <missing@example.org> <answer@example.org>

                Another subject.
                """);
    }
}
