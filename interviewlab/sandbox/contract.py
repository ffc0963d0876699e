async def attack(s,quick=False): return ()
