module org.leaklab/bench

go 1.26
