package io.fasterapi.samples.techempower.verify;

import java.util.List;

/** What the page of the fortunes must show. Constant. */
final class FortunePage {

    /** Id and message of each row as HTML, sorted by the message. */
    static final List<String> ROWS =
            List.of(
                    "11 &lt;script&gt;alert(&quot;This should not be displayed in a browser alert"
                            + " box.&quot;);&lt;/script&gt;",
                    "4 A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1",
                    "5 A computer program does what you tell it to do, not what you want it to do.",
                    "2 A computer scientist is someone who fixes things that aren&#39;t broken.",
                    "8 A list is only as strong as its weakest link. \u2014 Donald Knuth",
                    "0 Additional fortune added at request time.",
                    "3 After enough decimal places, nobody gives a damn.",
                    "7 Any program that runs right is obsolete.",
                    "10 Computers make very fast, very accurate mistakes.",
                    "6 Emacs is a nice operating system, but I prefer UNIX. \u2014 Tom Christaensen",
                    "9 Feature: A bug with seniority.",
                    "1 fortune: No such file or directory",
                    "12 \u30d5\u30ec\u30fc\u30e0\u30ef\u30fc\u30af\u306e\u30d9\u30f3\u30c1\u30de\u30fc\u30af");

    private FortunePage() {}
}
