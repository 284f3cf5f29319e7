package expr_test

import (
	"fmt"

	"pinnlab/core/expr"
)

// A residual that reads a derived field: the program asks for derivatives of
// what the network computes, and gives back their adjoints.
func Example() {
	velocity, _ := expr.Parse("psi_y")
	residual, err := expr.Parse("u*u_x - nu*u_xx")
	if err != nil {
		fmt.Println(err)
		return
	}
	scope := expr.Scope{
		Coords: []string{"x", "y"},
		Fields: []string{"psi"},
		Params: map[string]float64{"nu": 0.5},
		Defs:   map[string]*expr.Formula{"u": velocity},
	}
	program, err := scope.Compile(residual)
	if err != nil {
		fmt.Println(err)
		return
	}
	m := program.Machine(1)
	for i, in := range program.Inputs() {
		fmt.Println("reads psi differentiated", in.Order, "times along x, y")
		m.In(i)[0] = float64(i + 2)
	}
	m.Forward(1)
	m.OutAdj(0)[0] = 1
	m.Reverse(1)
	fmt.Println("value", m.Out(0)[0], "adjoints", m.InAdj(0)[0], m.InAdj(1)[0], m.InAdj(2)[0])
	// Output:
	// reads psi differentiated [0 1] times along x, y
	// reads psi differentiated [1 1] times along x, y
	// reads psi differentiated [2 1] times along x, y
	// value 4 adjoints 3 2 -0.5
}

// Errors point at the column.
func ExampleParse() {
	_, err := expr.Parse("u_xx + sin(k*u")
	fmt.Println(err)
	// Output: column 15: missing ) for the ( in column 11
}
