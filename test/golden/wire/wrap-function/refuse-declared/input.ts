export declare function charge(amount: number): Promise<number>;
