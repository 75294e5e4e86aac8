package org.leaklab.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** What a benchmark of JMH is measured with. */
public final class ParamValues {

    private ParamValues() {}

    /** The values that the annotation of a parameter names, in their order. */
    public static List<String> of(Class<?> benchmark, String parameter) throws NoSuchFieldException {
        return List.of(benchmark.getField(parameter).getAnnotation(Param.class).value());
    }
}
