package jet

// TanhOf returns the program y = tanh u, from y' = w u' with w = 1 - y²: the
// channels of y follow in order from those of w by the chain rule, and those of
// w from y.
func TanhOf(s *Set) *Program {
	p := &Program{Set: s, In: 1, fused: fusedTanh}
	n := s.Len()
	p.emit(Tanh, p.out(0), 1, 0, 2*n) // the first auxiliary slot is w
	aux := map[Index]int{}
	slotOfW := func(b Index) int {
		if slot, ok := aux[b]; ok {
			return slot
		}
		slot := 2*n + p.Aux
		aux[b] = slot
		p.Aux++
		p.oneLessSquare(slot, b)
		return slot
	}
	slotOfW(Index{})
	for i, a := range s.Channels[1:] {
		p.chain(p.out(i+1), a, slotOfW, 0)
	}
	return p
}

// oneLessSquare emits ∂ᵇ(1 - y²) into slot, from the channels of y.
func (p *Program) oneLessSquare(slot int, b Index) {
	y := func(a Index) int { return p.out(p.Set.Channel(a)) }
	op := Mul
	if b == (Index{}) {
		p.emit(Const, slot, 1, 0, 0)
		op = MulAdd
	}
	p.Set.leibniz(b, func(l, r Index, coef float64) {
		switch compare(l, r) { // l r and r l are one product
		case 1:
			return
		case -1:
			coef *= 2
		}
		p.emit(op, slot, -coef, y(l), y(r))
		op = MulAdd
	})
}

// chain emits ∂ᵃ of a function whose derivative is w, into dst. The argument's
// channels start at slot arg.
func (p *Program) chain(dst int, a Index, slotOfW func(Index) int, arg int) {
	op := Mul
	p.Set.chainRule(a, func(b, u Index, coef float64) {
		w := slotOfW(b)
		p.emit(op, dst, coef, w, arg+p.Set.Channel(u))
		op = MulAdd
	})
}

// SinOf returns the program y = sin u. Sine and cosine travel as a pair:
// s' = c u', c' = -s u'.
func SinOf(s *Set) *Program { return pair(s, Sin, Cos, 1) }

// CosOf returns the program y = cos u.
func CosOf(s *Set) *Program { return pair(s, Cos, Sin, -1) }

// pair builds y = f(u) with its companion g: f' = sign g u', g' = -sign f u'.
func pair(s *Set, f, g Op, sign float64) *Program {
	n := s.Len()
	p := &Program{Set: s, In: 1, Aux: n}
	y := func(a Index) int { return n + s.Channel(a) }
	z := func(a Index) int { return 2*n + s.Channel(a) }
	p.emit(f, n, sign, 0, 2*n)
	p.emit(g, 2*n, -sign, 0, n)
	signed := func(dst int, a Index, of func(Index) int, sign float64) {
		from := len(p.Code)
		p.chain(dst, a, of, 0)
		for i := from; i < len(p.Code); i++ {
			p.Code[i].Coef *= sign
		}
	}
	for _, a := range s.Channels[1:] {
		signed(y(a), a, z, sign)
		signed(z(a), a, y, -sign)
	}
	return p
}

// Product returns the program z = x y.
func Product(s *Set) *Program {
	n := s.Len()
	p := &Program{Set: s, In: 2}
	for i, a := range s.Channels {
		p.product(p.out(i), a, 0, n, Mul)
	}
	return p
}

func (p *Program) product(dst int, a Index, x, y int, op Op) {
	p.Set.leibniz(a, func(l, r Index, coef float64) {
		p.emit(op, dst, coef, x+p.Set.Channel(l), y+p.Set.Channel(r))
		op = MulAdd
	})
}

// Gate returns the program h = v + z d of inputs z, d, v. With d = u - v it is
// the gate z u + (1-z) v of the improved architecture (Wang, Teng and
// Perdikaris, SIAM J. Sci. Comput. 43 (2021), section 2.6).
func Gate(s *Set) *Program {
	n := s.Len()
	p := &Program{Set: s, In: 3, fused: fusedGate}
	for i, a := range s.Channels {
		p.emit(Scale, p.out(i), 1, 2*n+i, 0)
		p.product(p.out(i), a, 0, n, MulAdd)
	}
	return p
}

// Combine returns the program z = cx x + cy y.
func Combine(s *Set, cx, cy float64) *Program {
	n := s.Len()
	p := &Program{Set: s, In: 2}
	for i := range s.Channels {
		p.emit(Scale, p.out(i), cx, i, 0)
		p.emit(Axpy, p.out(i), cy, n+i, 0)
	}
	return p
}

// Affine returns the program y = c u + d.
func Affine(s *Set, c, d float64) *Program {
	p := &Program{Set: s, In: 1}
	for i := range s.Channels {
		if i == 0 {
			p.emit(Const, p.out(0), d, 0, 0)
			p.emit(Axpy, p.out(0), c, 0, 0)
			continue
		}
		p.emit(Scale, p.out(i), c, i, 0)
	}
	return p
}
