package org.leaklab.pages.lessons;

import com.github.javaparser.JavaToken;
import com.github.javaparser.TokenRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a Java source in pieces of one colour, as the parser's own tokens part them. */
final class Colours {

    private final Map<Integer, List<Listing.Piece>> lines = new HashMap<>();

    Colours(TokenRange tokens) {
        int line = 1;
        for (JavaToken token : tokens) {
            line = token.getRange().map(range -> range.begin.line).orElse(line);
            String[] texts = token.getText().split("\\R", -1);
            for (int i = 0; i < texts.length; i++) {
                if (!texts[i].isEmpty()) {
                    lines.computeIfAbsent(line + i, none -> new ArrayList<>())
                            .add(new Listing.Piece(texts[i], colour(token)));
                }
            }
        }
    }

    /** The pieces of a line without so many characters before it, which are blank; empty where there are none. */
    List<Listing.Piece> of(int number, int blanks) {
        List<Listing.Piece> pieces = new ArrayList<>();
        int left = blanks;
        for (Listing.Piece piece : lines.getOrDefault(number, List.of())) {
            String text = piece.text().substring(Math.min(left, piece.text().length()));
            left -= piece.text().length() - text.length();
            if (!text.isEmpty()) {
                pieces.add(new Listing.Piece(text, piece.colour()));
            }
        }
        return pieces;
    }

    private static String colour(JavaToken token) {
        return switch (token.getCategory()) {
            case KEYWORD -> "keyword";
            case LITERAL -> token.getText().matches("true|false|null") ? "keyword" : "literal";
            case COMMENT -> "comment";
            default -> "";
        };
    }
}
