module pinnlab

go 1.27

toolchain go1.27.4

require gonum.org/v1/gonum v0.17.0
