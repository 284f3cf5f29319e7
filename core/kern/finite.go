package kern

// Finite reports whether no entry of x is infinite or not a number.
func Finite[T Float](x []T) bool {
	switch x := any(x).(type) {
	case []float32:
		return finite32(x)
	case []float64:
		return finite64(x)
	}
	return false
}

// IsFinite reports whether v is neither infinite nor not a number.
func IsFinite(v float64) bool { return v-v == 0 }

// finiteRef multiplies by zero: what is not finite becomes NaN and stays so.
func finiteRef[T Float](x []T) bool {
	var sum T
	for _, v := range x {
		sum += T(v * 0)
	}
	return sum == 0
}
