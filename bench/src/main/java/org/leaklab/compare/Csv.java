package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A comparison for spreadsheets: a line for each row and column that was measured, under a heading. */
public final class Csv {

    private Csv() {}

    /** The lines. */
    public static List<String> of(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "group,benchmark,params,mode,metric,unit,column,file,jdk,n,value,low,high,ratio,ratioLow,ratioHigh,pValue,"
                        + "corrected,word,direction,name");
        for (Comparison.Row row : comparison.rows()) {
            String params = row.params().entrySet().stream()
                    .map(param -> param.getKey() + "=" + param.getValue())
                    .collect(Collectors.joining(" "));
            for (Comparison.Column cell : row.columns()) {
                if (cell != null) {
                    lines.add(Stream.of(
                                    row.group(),
                                    row.benchmark(),
                                    params,
                                    row.mode(),
                                    row.metric(),
                                    row.unit(),
                                    cell.column(),
                                    cell.file(),
                                    cell.jdk(),
                                    cell.n(),
                                    cell.value(),
                                    cell.low(),
                                    cell.high(),
                                    cell.ratio(),
                                    cell.ratioLow(),
                                    cell.ratioHigh(),
                                    cell.pValue(),
                                    cell.corrected(),
                                    cell.word(),
                                    cell.direction(),
                                    row.name())
                            .map(Csv::quoted)
                            .collect(Collectors.joining(",")));
                }
            }
        }
        return lines;
    }

    private static String quoted(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
