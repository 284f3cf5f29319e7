package wire

import "math"

// A Number is what long lists are made of.
type Number interface{ uint32 | float32 | float64 }

// SizeOf returns the bytes that a number takes.
func SizeOf[T Number]() int {
	var x T
	if _, ok := any(x).(float64); ok {
		return 8
	}
	return 4
}

// Numbers codes a list of numbers. A reader reuses its memory.
func Numbers[T Number](c *Coder, list *[]T) {
	n := c.count(len(*list), SizeOf[T]())
	if c.mode == reading {
		*list = Resize(*list, n)
	}
	Raw(c, *list)
}

// Exactly codes a list of numbers whose length a reader knows: another is
// refused.
func Exactly[T Number](c *Coder, list []T) {
	n := c.count(len(list), SizeOf[T]())
	c.Refuse(n == len(list))
	if !c.bad {
		Raw(c, list)
	}
}

// Raw codes numbers that stand without their count. A reader that fails leaves
// them as they are.
func Raw[T Number](c *Coder, list []T) {
	if len(list) == 0 {
		return
	}
	b := c.next(SizeOf[T]() * len(list))
	if c.mode == counting || c.bad {
		return
	}
	switch list := any(list).(type) {
	case []uint32:
		for i := range list {
			code32(c, b[4*i:], &list[i])
		}
	case []float32:
		for i := range list {
			bits := math.Float32bits(list[i])
			code32(c, b[4*i:], &bits)
			list[i] = math.Float32frombits(bits)
		}
	case []float64:
		for i := range list {
			bits := math.Float64bits(list[i])
			code64(c, b[8*i:], &bits)
			list[i] = math.Float64frombits(bits)
		}
	}
}

// List codes a list of values, each by its fields. A reader reuses its memory,
// and refuses a length that even empty values would not have room for.
func List[E any](c *Coder, list *[]E, fields func(*E, *Coder)) {
	size := 1
	if c.mode == reading {
		var empty E
		least := Coder{mode: counting}
		fields(&empty, &least)
		size = max(least.size, 1)
	}
	n := c.count(len(*list), size)
	if c.mode == reading {
		*list = Resize(*list, n)
	}
	for i := range *list {
		fields(&(*list)[i], c)
	}
}

// Resize returns a slice of length n, in old's memory where it fits. What that
// holds stays, so that a reader finds slices to reuse within.
func Resize[E any](old []E, n int) []E {
	if cap(old) < n {
		return append(make([]E, 0, n), old...)[:n]
	}
	return old[:n]
}
